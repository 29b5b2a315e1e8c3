"""The other signals: still being written, waiting, asked about, sent elsewhere, turned down, taken back."""

from cases.models import Nature, Role, SignalGround, Theme, Urgency
from cases.rules.signals import ReferTo, RejectReason
from ijap.seeds.demo_script import Asked, Referred, Rejected, Tip, When, Withdrawn, Young
from ijap.seeds.demo_youths import HAVO, VMBO

T = Theme

INBOX = [
    # --- sent elsewhere ---------------------------------------------------------------------------
    Tip("referred1", Young("", "Mees", "", "Kantlijn", 12, 80, "Kerkrade", VMBO), "mentor", When(3, -9, "14:05"),
        "Leerling heeft blauwe plekken en wil niet zeggen hoe dat komt. Broertje (6) heeft ze ook.",
        Nature.OBSERVED, Role.VICTIM, (T.HOME, T.VIOLENCE), Urgency.SOON, informed=("yes", "no"),
        because="Eerst advies vragen aan Veilig Thuis.",
        outcome=Referred(When(3, -9, "16:30"), ReferTo.SAFE_HOME,
                         "Dit hoort bij Veilig Thuis. Wij hebben gebeld: u krijgt vandaag een terugbelverzoek. Volg de "
                         "meldcode.")),
    Tip("referred2", Young("", "Onbekende", "", "Leerlingen", 15, 10, "Heerlen", VMBO), "jeugdboa",
        When(5, -7, "10:45"),
        "Op school wordt volgens drie leerlingen gedeald. Kwetsbare leerlingen worden gevraagd om mee te doen. "
        "Namen zijn er nog niet. School vraagt om advies en om een hond van de politie.",
        Nature.HEARSAY, Role.INVOLVED, (T.DRUGS, T.GROUP), capacity="supervision",
        description="Meerdere leerlingen, namen nog niet bekend.", is_birth_unknown=True, informed=("no", "no"),
        because="Er zijn nog geen namen.",
        outcome=Referred(When(5, -6, "09:00"), ReferTo.VIOS,
                         "VIOS gaat met u en de school om tafel. Zodra er namen zijn, kunt u die hier melden.")),
    Tip("referred3", Young("", "Groep", "", "Speelplein", 16, 40, "Landgraaf"), "oov", When(6, -7, "11:30"),
        "Groep van twintig jongeren bij het speelplein. Bewoners klagen elke avond. Nog geen namen.",
        Nature.HEARSAY, Role.INVOLVED, (T.NUISANCE, T.GROUP), description="Groep, namen nog niet bekend.",
        is_birth_unknown=True, informed=("no", "no"), because="Er zijn nog geen namen.",
        outcome=Referred(When(6, -6, "15:20"), ReferTo.GROUP,
                         "Dit past bij de groepsaanpak van Landgraaf. Wij hebben het doorgegeven. Kent u een jongere bij "
                         "naam, meld die dan apart."), news_is_seen=False),
    # --- turned down ------------------------------------------------------------------------------
    Tip("rejected1", Young("", "Onbekende", "", "Voetballers", 14, 3, "Brunssum"), "oov", When(4, -8, "09:15"),
        "Jongeren voetballen na 21:00 uur bij mij voor de deur. Klacht van een bewoner, doorgestuurd.",
        Nature.HEARSAY, Role.INVOLVED, (T.NUISANCE,), description="Groepje, niet herkenbaar beschreven.",
        is_birth_unknown=True, informed=("no", "no"), because="Niet bekend wie het zijn.",
        outcome=Rejected(When(4, -7, "10:00"), RejectReason.NO_YOUTH,
                         "Geef dit door aan Toezicht en handhaving: zij kunnen gaan kijken.")),
    Tip("rejected2", Young("", "Fenna", "", "Kantlijn", 13, 150, "Heerlen", HAVO), "mentor", When(6, -9, "15:35"),
        "Leerling is druk in de les.",
        Nature.OPINION, Role.INVOLVED, (T.HEALTH,),
        outcome=Rejected(When(6, -8, "09:25"), RejectReason.OWN_CHAIN,
                         "Geen IJAP-casus. Advies: bespreek dit met het schoolmaatschappelijk werk."),
        news_is_seen=False),
    # --- taken back -------------------------------------------------------------------------------
    Tip("withdrawn1", Young("", "Jesse", "", "Inktvlek", 15, 70, "Kerkrade", VMBO), "politie.kerkrade",
        When(5, -4, "13:00"),
        "Werd genoemd bij een vechtpartij in het centrum.", Nature.HEARSAY, Role.SUSPECT, (T.VIOLENCE,),
        ground=SignalGround.WPG_20, outcome=Withdrawn(When(5, -3, "09:30"))),
    # --- asked about ------------------------------------------------------------------------------
    Tip("asked1", Young("", "Roos", "", "Randschrift", 14, 22, "Simpelveld", HAVO), "jens", When(7, -5, "12:45"),
        "Er wordt veel over haar gepraat in de groepsapp. Zij komt niet meer naar het jongerenwerk.",
        Nature.HEARSAY, Role.VICTIM, (T.ONLINE,),
        outcome=Asked(When(7, -3, "09:10"), "Heeft u haar zelf gesproken? En weten haar ouders van de groepsapp?"),
        news_is_seen=False),
    Tip("asked2", Young("", "Finn", "de", "Voetnoot", 16, 101, "Heerlen", VMBO), "jeugdboa", When(7, -6, "16:15"),
        "Rijdt elke avond met een scooter zonder kenteken langs het winkelcentrum.",
        Nature.OBSERVED, Role.SUSPECT, (T.NUISANCE,), capacity="investigation", ground=SignalGround.WPG_20,
        outcome=Asked(When(7, -4, "10:30"), "Hoe weet u dat hij het is?", When(7, -2, "15:50"),
                      "Ik heb hem staande gehouden en zijn naam gecontroleerd. Moeder is gebeld.")),
    # --- waiting for the regisseur ------------------------------------------------------------------
    Tip("waiting1", Young("", "Lukasz", "", "Proef", 15, 61, "Heerlen", VMBO), "mentor", When(7, -3, "14:20"),
        "Liet in de kantine een filmpje zien van een vechtpartij. Andere leerlingen zijn bang voor hem.",
        Nature.OBSERVED, Role.INVOLVED, (T.VIOLENCE, T.ONLINE)),
    Tip("waiting2", Young("", "Senna", "", "Kopregel", 14, 160, "Heerlen", VMBO), "wijkagent", When(7, -1, "16:05"),
        "Wordt morgen na school opgewacht door drie jongens, zegt haar moeder. Een van hen zou een mes hebben.",
        Nature.HEARSAY, Role.VICTIM, (T.VIOLENCE, T.WEAPONS), Urgency.TODAY, SignalGround.WPG_20,
        purpose="Weten wie er bij school staat.", seen=0),
    Tip("waiting3", Young("", "Amber", "", "Bijlage", 13, 35, "Beekdaelen", HAVO), "leerplicht", When(7, -2, "10:05"),
        "Zestien uur verzuim in twee weken. Vader zegt dat zij voor haar broertje moet zorgen.",
        Nature.FACT, Role.INVOLVED, (T.TRUANCY, T.HOME)),
    Tip("waiting4", Young("", "Jordi", "", "", 15, 0, "Brunssum"), "jeugdboa", When(7, -4, "21:10"),
        "Stond met vier anderen bij het station te blowen. Gaf een valse naam op. Werd 'Jordi' genoemd.",
        Nature.OBSERVED, Role.INVOLVED, (T.DRUGS, T.NUISANCE), capacity="supervision", is_birth_unknown=True,
        description="Ongeveer 15 jaar, lang, rood petje, fatbike met een gele stuurtas.", informed=("yes", "no"),
        because="Wij weten niet wie de ouders zijn."),
    Tip("waiting5", Young("", "Noah", "", "Paragraaf", 17, 215, "Kerkrade"), "politie.kerkrade", When(7, -1, "11:55"),
        "Is aangehouden na een achtervolging met een geleende auto. Heeft geen rijbewijs. Werkt mee.",
        Nature.FACT, Role.SUSPECT, (T.VIOLENCE,), ground=SignalGround.WPG_20),
    # --- still being written --------------------------------------------------------------------------
    Tip("draft1", Young("", "Tess", "", "Omslag", 14, 140, "Heerlen"), "wijkagent", None,
        "Kwam om 23:30 uur alleen over de markt. Zegt dat zij niet naar huis wil.",
        Nature.OBSERVED, "", (T.HOME,), purpose="", informed=("", "")),
    Tip("draft2", Young("", "Ravi", "", "", 16, 0, ""), "jens", None,
        "Nog navragen bij de straatcoach:", "", "", (), purpose="", informed=("", ""), is_birth_unknown=True),
    Tip("draft3", Young("", "Lieke", "", "Regelafstand", 13, 12, "Heerlen", VMBO), "mentor", None,
        "Heeft ineens een duur horloge.", Nature.OBSERVED, Role.INVOLVED, (), purpose="", informed=("no", "no")),
]  # fmt: skip
