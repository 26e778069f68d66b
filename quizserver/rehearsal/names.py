"""Names of teams and venues: Russian, and no two that look alike."""

from random import Random

_WHAT = """
Весёлые Серебряные Быстрые Тихие Смелые Полярные Упрямые Звонкие Северные Летучие Стальные Хитрые Сонные Голодные Мудрые Ночные
Крылатые Бодрые Лунные Южные Рыжие Вечерние Последние Первые Дальние Мокрые Пушистые Бумажные Кирпичные Заводские Речные Вольные
Медные Янтарные Точные Громкие Скромные Опытные Снежные Зелёные
""".split()
_WHO = """
моторы чайки шестерёнки пингвины трамваи инженеры совы бобры паровозы турбины гайки ежи барабаны дирижабли чертежи фонари маяки
кометы самовары утюги пропеллеры подшипники ласточки конструкторы медведи пчёлы мосты станки компасы якоря вагоны рубанки
пилоты штурманы катера антенны ракеты башни лифты сварщики
""".split()
_VENUES = """
Аэродром|Ангар|Цех номер пять|Старое депо|Чердак|Якорь|Красная линия|Гудок|Мастерская|Подшипник|Библиотека|Оранжерея
""".strip().split("|")


def team_names(rng: Random, count: int) -> list[str]:
    """So many distinct names; beyond the words' combinations they are numbered."""
    pairs = [f"{what} {who}" for what in _WHAT for who in _WHO]
    rng.shuffle(pairs)
    return [pairs[at] if at < len(pairs) else f"{pairs[at % len(pairs)]} {at // len(pairs) + 1}" for at in range(count)]


def venue_names(count: int) -> tuple[str, ...]:
    """So many distinct venues."""
    rounds = [_VENUES[at % len(_VENUES)] + (f" {at // len(_VENUES) + 1}" if at >= len(_VENUES) else "") for at in range(count)]
    return tuple(f"Бар «{name}»" for name in rounds)
