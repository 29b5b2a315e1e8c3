"""The young people of the demo. Nobody of them exists: their names are ordinary Dutch words for things made up."""

from ijap.seeds.demo_script import Young

VMBO = "Vmbo Voorbeeldcollege (fictief)"
HAVO = "Havo-vwo De Schets (fictief)"
PRIMARY = "Basisschool De Proeftuin (fictief)"
PRACTICAL = "Praktijkschool Het Model (fictief)"
MBO = "Mbo Testlocatie (fictief)"

YOUTHS = [
    # the stories that everybody tells
    Young("a", "Testjongere A.", "", "Voorbeeld", 14, 120, "Heerlen", VMBO),
    Young("b", "B.", "", "Fictief", 11, 75, "Heerlen", PRIMARY),
    Young("c", "C.", "", "Demo", 10, 210, "Landgraaf", PRIMARY),
    Young("d", "D.", "", "Proef", 16, 33, "Kerkrade", MBO),
    Young("e", "E.", "", "Model", 17, -60, "Brunssum", MBO),  # 18 in sixty days
    Young("f", "F.", "", "Schets", 15, 140, "Beekdaelen", HAVO),
    Young("g", "G.", "", "Voorbeeld", 9, 20, "Heerlen", PRIMARY),
    Young("h", "H.", "", "Demo", 19, 88, "Voerendaal", ""),
    # a group around one square
    Young("ilyas", "Ilyas", "", "Verzinsel", 15, 190, "Heerlen", VMBO),
    Young("lukasz", "Łukasz", "", "Proef", 15, 61, "Heerlen", VMBO),
    Young("jayden", "Jayden", "", "Bedenksel", 14, 12, "Heerlen", VMBO),
    Young("amine", "Mohamed-Amîn", "el", "Fictief", 16, 250, "Heerlen", PRACTICAL),
    # a school that asked for help at once
    Young("seyma", "Şeyma", "", "Schets", 14, 170, "Heerlen", VMBO),
    Young("noor", "Noor", "", "Papier", 15, 99, "Heerlen", VMBO),
    # and everybody else
    Young("milan", "Milan", "", "Toets", 13, 230, "Landgraaf", VMBO),
    Young("kacper", "Kacper", "", "Denkbeeld", 15, 155, "Brunssum", VMBO),
    Young("yagmur", "Yağmur", "", "Oefening", 16, 280, "Kerkrade", MBO),
    Young("daan", "Daan", "", "Nepnaam", 13, 44, "Simpelveld", HAVO),
    Young("sem", "Sem", "van", "Schijn", 12, 130, "Voerendaal", VMBO),
    Young("levi", "Levi", "", "Kladblok", 16, 18, "Landgraaf", PRACTICAL),
    Young("fleur", "Fleur", "", "Potlood", 14, 201, "Beekdaelen", HAVO),
    Young("omer", "Ömer", "", "Alinea", 16, 111, "Heerlen", PRACTICAL),
    Young("zofia", "Zofia", "", "Zogenaamd", 17, 66, "Heerlen", MBO),
    Young("tygo", "Tygo", "", "Tekening", 15, 240, "Heerlen", VMBO),
    Young("jaimy", "Jaimy", "in 't", "Verhaal", 13, 300, "Brunssum", VMBO),
    Young("soufiane", "Soufiane", "", "Sjabloon", 15, 222, "Kerkrade", VMBO),
    Young("quinty", "Quinty", "", "Karton", 14, 5, "Heerlen", PRACTICAL),
    Young("ruben", "Ruben", "", "Rekenblad", 12, 160, "Landgraaf", PRIMARY),
    Young("aicha", "Aïcha", "", "Ansichtkaart", 16, 93, "Heerlen", HAVO),
    Young("thijs", "Thijs", "", "Tabel", 11, 180, "Simpelveld", PRIMARY),
    Young("bjorn", "Björn", "", "Bladwijzer", 15, 27, "Beekdaelen", HAVO),
    Young("emine", "Emine", "", "Envelop", 13, 144, "Kerkrade", VMBO),
    Young("luca", "Luca", "", "Lijstje", 14, 265, "Brunssum", VMBO),
    Young("nina", "Nina", "", "Notitie", 16, 57, "Voerendaal", HAVO),
    Young("zoe", "Zoë", "", "Zinsnede", 12, 199, "Heerlen", VMBO),
    Young("dani", "Dani", "den", "Doordruk", 17, 121, "Heerlen", MBO),
]
BY_KEY = {young.key: young for young in YOUTHS}
