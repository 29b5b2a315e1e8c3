"""What the table said in the fifth and the sixth meeting, and what is asked today."""

from cases.models import ActionState
from ijap.seeds.demo_script import TODAY, Choice, Deed, Ending, Gathering, Talk, Turn, When, done
from meetings.models import DecisionKind as K

FIFTH = Gathering(
    5,
    (
        Talk(
            "d",
            "Wil dit jaar weer naar de kermis. Is rustiger dan vorig jaar, zegt de straatcoach. Woont in Kerkrade.",
            (
                Choice(
                    K.PARTNER_ACTS, "Brief kermis: jeugdboa en straatcoach reiken thuis uit, ouders erbij."
                ),
            ),
            (
                Deed(
                    "jens",
                    "Reikt met de jeugdboa de brief uit, ouders erbij",
                    12,
                    done(6, "Uitgereikt. Ouders waren erbij en begrepen het."),
                    "jens",
                ),
            ),
            review=When(8, -1),
        ),
        Talk(
            "dani",
            "Stond vorig jaar aan de andere kant van de vechtpartij. Werkt nu en zegt dat hij niet gaat.",
            (
                Choice(
                    K.PARTNER_ACTS, "Brief kermis: jeugdboa en straatcoach reiken thuis uit, ouders erbij."
                ),
            ),
            (
                Deed(
                    "jens",
                    "Reikt met de jeugdboa de brief uit, ouders erbij",
                    12,
                    done(6, "Uitgereikt. Vader nam hem aan."),
                    "jens",
                ),
            ),
            review=When(8, 8),
        ),
        Talk(
            "sem",
            "Drie keer een bekeuring. Scheldt, maar bood later zijn excuses aan. Ouders wisten niet van de fatbike.",
            (Choice(K.PREVENTIVE, "Halt nodigt jongere en ouders uit voor een gesprek."),),
            (
                Deed(
                    "halt",
                    "Nodigt jongere en ouders uit voor een gesprek",
                    12,
                    done(6, "Gesprek gehad. Fatbike is verkocht."),
                    "halt",
                ),
            ),
            review=When(6, 0),
        ),
        Talk(
            "fleur",
            "Bekent en wil de schade betalen. Eerste keer.",
            (
                Choice(
                    K.PREVENTIVE,
                    "Halt start een afdoening. Zij regelt met de gemeente hoe zij de schade terugbetaalt.",
                ),
            ),
            (
                Deed(
                    "halt",
                    "Start een Halt-afdoening",
                    45,
                    (Turn(ActionState.ACCEPTED, 2), Turn(ActionState.IN_PROGRESS, 9)),
                    "halt",
                ),
            ),
            review=When(8, 9),
        ),
        Talk(
            "tygo",
            "Twee berovingen, geen veroordeling. Trekt op met jongens van boven de 18. School is hem kwijt.",
            (Choice(K.PARTNER_ACTS, "JENS en politie zoeken hem samen op. Leerplicht spreekt ouders."),),
            (
                Deed(
                    "jens", "Zoekt hem met de politie op", 9, done(5, "Gesproken op straat. Wil geen hulp.")
                ),
                Deed(
                    "leerplicht",
                    "Spreekt ouders",
                    10,
                    done(6, "Ouders weten niet meer wat te doen."),
                    "leerplicht",
                ),
            ),
            review=When(6, -2),
            lead="politie",
        ),
        Talk(
            "jaimy",
            "Het filmpje is verwijderd. Hij durft nog niet naar school. Vader brengt hem als het lukt.",
            (
                Choice(
                    K.PARTNER_ACTS,
                    "Leerplicht maakt met school een plan om rustig terug te komen. JENS gaat de eerste week mee.",
                ),
            ),
            (
                Deed(
                    "leerplicht",
                    "Maakt met school een plan om terug te komen",
                    9,
                    done(6, "Plan ligt er: eerst drie ochtenden."),
                ),
                Deed(
                    "jens",
                    "Gaat de eerste week mee naar school",
                    20,
                    (Turn(ActionState.ACCEPTED, 5),),
                    "jens",
                ),
            ),
            lead="leerplicht",
        ),
        Talk(
            "bjorn",
            "Slaapt weer thuis. Er is veel ruzie, maar geen geweld. Ouders willen hulp dicht bij huis.",
            (
                Choice(
                    K.HAND_OVER,
                    "Overdragen aan de lokale toegang van Beekdaelen zodra het eerste gesprek is geweest.",
                ),
            ),
            (
                Deed(
                    "bjz",
                    "Plant met ouders het eerste gesprek bij de lokale toegang",
                    40,
                    (Turn(ActionState.ACCEPTED, 3),),
                    "jeugdzorg",
                ),
            ),
            review=When(8, -1),
            lead="jeugdzorg",
        ),
        Talk(
            "g",
            "Voetbal kon niet door een wachtlijst. Leerplicht kent een andere club. Moeder wil hem brengen.",
            (Choice(K.PREVENTIVE, "Leerplicht regelt een plek bij een andere club via het jeugdfonds."),),
            (
                Deed(
                    "leerplicht",
                    "Regelt een plek via het jeugdfonds",
                    12,
                    done(6, "Traint twee keer per week."),
                    "leerplicht",
                ),
            ),
        ),
        Talk(
            "a",
            "Twee van de drie gesprekken bij Halt zijn gedaan. Het nieuwe gebied werkt. Moeder is opgelucht.",
            (
                Choice(
                    K.MONITOR,
                    "Halt-traject afmaken. Daarna kijken of het gebiedsverbod nog nodig is.",
                    until=When(TODAY, -1),
                ),
            ),
            (Deed("halt", "Rondt het traject af", 34, (Turn(ActionState.IN_PROGRESS, 4),), "halt"),),
        ),
        Talk(
            "levi",
            "Leeropdracht gedaan. Brief van de burgemeester ontvangen. Ouders hebben zelf een sleutel op de schuur gezet.",
            (Choice(K.CLOSE, "Geen actie nodig."),),
            closes=Ending(
                2,
                "Halt-afdoening gedaan. Geen nieuwe feiten.",
                "Ouders die meteen meededen.",
                "Halt, tot drie maanden na afloop",
            ),
        ),
        Talk(
            "yagmur",
            "LJA Kerkrade neemt het niet over: eerst het plan van school proberen. De tafel begrijpt dat.",
            (
                Choice(
                    K.PARTNER_ACTS,
                    "Leerplicht en school maken het plan voor terugkomst. Politie Kerkrade houdt contact met ouders.",
                ),
            ),
            (
                Deed(
                    "leerplicht",
                    "Maakt met school het plan voor terugkomst",
                    12,
                    done(6, "Plan gestart. Eerste week ging goed."),
                    "leerplicht",
                ),
                Deed(
                    "politie_kerkrade",
                    "Houdt contact met ouders",
                    45,
                    (Turn(ActionState.IN_PROGRESS, 6),),
                    "politie.kerkrade",
                ),
            ),
            review=When(8, 0),
        ),
        Talk(
            "quinty",
            "De rondleiding maakte indruk. Zij helpt nu een middag per week mee.",
            (Choice(K.CLOSE, "Geen actie nodig. Jongerenwerk blijft haar zien."),),
            closes=Ending(
                3,
                "Geen overlast meer bij de zorginstelling. Zij helpt daar nu zelf.",
                "Zien wie er wonen.",
                "JENS, jongerenwerker",
            ),
        ),
        Talk(
            "milan",
            "Ouders maken zich zorgen. Hij was twee nachten weg en wilde niet zeggen waar.",
            (Choice(K.PARTNER_ACTS, "Politie en JENS spreken hem samen."),),
            (
                Deed(
                    "politie",
                    "Spreekt hem samen met JENS",
                    10,
                    done(6, "Gesproken. Hij is bang, maar zegt niet voor wie."),
                    "politie",
                ),
            ),
            review=When(6, -1),
        ),
        Talk(
            "noor",
            "Krijgt hulp en slaapt beter. Politie heeft haar gesproken als getuige.",
            (Choice(K.MONITOR, "Hulp loopt. Geen nieuwe signalen: sluiten.", until=When(8, 8)),),
        ),
    ),
    excused=("halt",),
)

SIXTH = Gathering(
    6,
    (
        Talk(
            "thijs",
            "Moeder is ziek en schaamt zich. School geeft hem een broodje. Er is geen familie in de buurt.",
            (
                Choice(K.VEILIG_THUIS, "Leerplicht vraagt advies aan Veilig Thuis."),
                Choice(K.PARTNER_ACTS, "JENS regelt hulp in huis met de gemeente Simpelveld."),
            ),
            (
                Deed(
                    "leerplicht",
                    "Vraagt advies aan Veilig Thuis",
                    4,
                    done(2, "Advies: eerst hulp in huis."),
                    "leerplicht",
                ),
                Deed("jens", "Regelt hulp in huis", 21, (Turn(ActionState.IN_PROGRESS, 5),), "jens"),
            ),
            review=When(8, -1),
            lead="leerplicht",
        ),
        Talk(
            "emine",
            "Stond erbij en gooide niet. Is geschrokken van de politie aan de deur.",
            (
                Choice(
                    K.PARTNER_ACTS, "JENS praat met haar en haar ouders. Politie ruimt het misverstand op."
                ),
            ),
            (
                Deed("jens", "Praat met haar en haar ouders", 20, (Turn(ActionState.ACCEPTED, 4),), "jens"),
                Deed(
                    "politie_kerkrade",
                    "Belt ouders om uit te leggen wat er is gebeurd",
                    5,
                    done(2, "Gebeld."),
                    "politie.kerkrade",
                ),
            ),
        ),
        Talk(
            "zoe",
            "Schaamt zich voor wat haar vader deed. De politie kan niet extra langskomen. Handhaving neemt de school op in de "
            "route.",
            (Choice(K.PARTNER_ACTS, "Handhaving is zichtbaar bij school. De wijkagent praat met vader."),),
            (
                Deed(
                    "politie",
                    "Laat de wijkagent met vader praten",
                    7,
                    done(3, "Vader bood zijn excuses aan."),
                    "politie",
                ),
                Deed("leerplicht", "Vraagt school om een vaste persoon voor haar", 24, (), "leerplicht"),
            ),
        ),
        Talk(
            "zofia",
            "Is terug van de LJA. Acht weken geen zorgen, stage loopt, coach blijft.",
            (Choice(K.MONITOR, "Coach blijft tot april. Geen nieuwe signalen: sluiten.", until=When(8, 0)),),
        ),
        Talk(
            "kacper",
            "Had bijna een bijbaan, maar kwam niet op de eerste dag. Verzuim loopt weer op.",
            (Choice(K.PARTNER_ACTS, "Leerplicht gaat op huisbezoek."),),
            (
                Deed(
                    "leerplicht",
                    "Gaat op huisbezoek",
                    9,
                    (Turn(ActionState.COULD_NOT, 4, "Drie keer niet thuis. Telefoon staat uit."),),
                    "leerplicht",
                ),
            ),
        ),
        Talk(
            "tygo",
            "Gesproken op straat, wil geen hulp. Ouders vragen om meer hulp dan het JPP kan geven.",
            (
                Choice(
                    K.PARTNER_ACTS, "Politie verzamelt de feiten. De regisseur kijkt of opschalen nodig is."
                ),
            ),
            (
                Deed(
                    "politie",
                    "Zet de feiten op een rij voor opschalen",
                    5,
                    done(2, "Drie feiten in drie maanden."),
                    "politie",
                ),
                Deed("politie", "Spreekt hem aan zodra hij op het plein is", 26, person="politie"),
            ),
        ),
        Talk(
            "c",
            "Hulp is gestart. Op school gaat het goed. De klasgenoot zit weer naast hem.",
            (Choice(K.MONITOR, "Hulp loopt. Geen nieuwe signalen: sluiten.", until=When(8, 8)),),
        ),
        Talk(
            "soufiane",
            "Geen nieuwe signalen. De rondleiding heeft geholpen.",
            (Choice(K.CLOSE, "Geen actie nodig."),),
            closes=Ending(
                1,
                "Geen overlast meer bij de zorginstelling.",
                "De rondleiding met de groep.",
                "JENS, straatcoach",
            ),
        ),
        Talk(
            "milan",
            "Is bang, maar zegt niet voor wie. Draagt geen dure kleding meer. Ouders willen een veilige plek om te praten.",
            (Choice(K.PARTNER_ACTS, "JENS biedt een gesprek aan buiten de wijk."),),
            (
                Deed(
                    "jens",
                    "Biedt een gesprek aan buiten de wijk",
                    6,
                    (
                        Turn(
                            ActionState.DID_NOT,
                            5,
                            "Niet aan toegekomen door ziekte. Wordt overgenomen door een collega.",
                        ),
                    ),
                    "jens",
                ),
                Deed(
                    "leerplicht",
                    "Vraagt school om hem eerder naar huis te laten gaan",
                    8,
                    (Turn(ActionState.WITHDRAWN, 3, "School heeft dit al zelf geregeld."),),
                ),
            ),
        ),
    ),
    minutes=72,
    excused=("oov_heerlen",),
)

# What is asked of the table today.
SEVENTH = Gathering(
    TODAY,
    questions={
        "a": "Kan het gebiedsverbod korter, nu het traject bij Halt bijna klaar is?",
        "ilyas": "Wat doen we als hij weer met een mes wordt gezien, en wie praat met hem?",
        "seyma": "Is zij vannacht veilig? En wat kan nu gezegd worden tegen haar ouders?",
        "kacper": "Hoe komen we binnen bij een gezin dat niet opendoet?",
        "tygo": "Blijven de acties lopen tot de LJA antwoord geeft?",
        "jaimy": "Wat houdt de begeleiding naar school tegen?",
    },
    pause_after=6,
)
