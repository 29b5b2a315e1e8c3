"""Words for made-up data. Names are of no living person: they are combined by chance and marked as a measurement."""

FIRST_NAMES = [
    "Aylin", "Bram", "Chaima", "Daan", "Emre", "Fenna", "Gijs", "Hamza", "Iris", "Jakub", "Kimberley",
    "Luuk", "Mohamed", "Naomi", "Omar", "Pien", "Quinten", "Rachid", "Sanne", "Tygo", "Ümit", "Veerle",
    "Wiktoria", "Xander", "Yusuf", "Zoë", "Łukasz", "Şeyma", "Rodney", "Shurandy",
]  # fmt: skip

LAST_NAMES = [
    ("", "Voorbeeld"), ("van", "Fictief"), ("de", "Proef"), ("", "Model"), ("van den", "Schets"),
    ("", "Demo"), ("el", "Amrani"), ("", "Yılmaz"), ("ter", "Toets"), ("", "Kowalski"), ("", "Meijer"),
    ("", "Benali"), ("in 't", "Voorbeeldveld"), ("", "Öztürk"), ("", "Martina"), ("", "Nowak"),
]  # fmt: skip

SENTENCES = [
    "Op straat gezien met een groep oudere jongens. Er was geen overlast.",
    "Mentor ziet nieuwe dure kleding en twee telefoons. Van horen zeggen: klusjes voor oudere jongens.",
    "Drie keer te laat op school in een week. Moeder is gebeld en wil graag een gesprek.",
    "Vernieling van een bushokje. De jongere bekent en de ouders werken mee.",
    "Fatbike bekeurd, daarna uitgescholden. Derde keer in een maand.",
    "Loopt 's avonds met de groep mee. De oudste broer is al besproken.",
    "Gestopt met voetbal, blowt dagelijks volgens moeder. Moeder wil hulp.",
    "Is geslagen door dezelfde groep en wordt via de telefoon bedreigd. Het gezin twijfelt over aangifte.",
]  # fmt: skip
