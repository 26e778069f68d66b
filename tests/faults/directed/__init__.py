"""Small games with one purpose each: in one of them a certain defect cannot hide. On a sound server all of them are clean."""
