#include "config.h"

#include "simulate/sim-names.h"

#define N(nl, en, fr) { { nl, en, fr } }

const SimName sim_disciplines[SIM_N_DISCIPLINES] = {
  N ("Zorg", "Care", "Soins"),
  N ("Techniek", "Engineering", "Technique"),
  N ("ICT", "IT", "Informatique"),
  N ("Verkoop", "Sales", "Vente"),
  N ("Financiën", "Finance", "Finances"),
  N ("Logistiek", "Logistics", "Logistique"),
  N ("Onderzoek", "Research", "Recherche"),
  N ("Bedrijfsvoering", "Operations", "Exploitation"),
};

const SimName sim_topics[SIM_N_TOPICS] = {
  N ("Gespreksvoering", "Conversation skills", "Conduite d'entretien"),
  N ("Medicatieveiligheid", "Medication safety", "Sécurité des médicaments"),
  N ("Dementie", "Dementia", "Démence"),
  N ("Wijkgericht werken", "Working in the neighbourhood", "Travail de quartier"),
  N ("Tillen en verplaatsen", "Lifting and moving", "Manutention des patients"),

  N ("Lastechniek", "Welding", "Soudage"),
  N ("Storingen zoeken", "Fault finding", "Recherche de pannes"),
  N ("Warmtepompen", "Heat pumps", "Pompes à chaleur"),
  N ("Tekeninglezen", "Reading drawings", "Lecture de plans"),
  N ("Veilig werken op hoogte", "Safe work at height", "Travail en hauteur"),

  N ("Testen van software", "Software testing", "Test de logiciels"),
  N ("Netwerkbeheer", "Network administration", "Administration réseau"),
  N ("Gegevensanalyse", "Data analysis", "Analyse de données"),
  N ("Programmeren in C", "Programming in C", "Programmation en C"),
  N ("Beheer van wijzigingen", "Change management", "Gestion des changements"),

  N ("Onderhandelen", "Negotiating", "Négociation"),
  N ("Klantgesprekken", "Customer conversations", "Entretiens avec les clients"),
  N ("Offertes schrijven", "Writing offers", "Rédaction d'offres"),
  N ("Marktverkenning", "Market exploration", "Étude de marché"),
  N ("Klachten behandelen", "Handling complaints", "Traitement des plaintes"),

  N ("Jaarrekening", "Annual accounts", "Comptes annuels"),
  N ("Begroten", "Budgeting", "Budgétisation"),
  N ("Belastingen", "Taxes", "Fiscalité"),
  N ("Risicobeheersing", "Risk control", "Maîtrise des risques"),
  N ("Inkooprecht", "Procurement law", "Droit des marchés"),

  N ("Magazijnbeheer", "Warehousing", "Gestion d'entrepôt"),
  N ("Heftruck rijden", "Forklift driving", "Conduite de chariot élévateur"),
  N ("Ritplanning", "Route planning", "Planification des tournées"),
  N ("Douane", "Customs", "Douane"),
  N ("Voorraadbeheer", "Stock control", "Gestion des stocks"),

  N ("Statistiek", "Statistics", "Statistique"),
  N ("Proefopzet", "Design of experiments", "Plans d'expériences"),
  N ("Literatuur zoeken", "Literature search", "Recherche documentaire"),
  N ("Wetenschappelijk schrijven", "Scientific writing", "Rédaction scientifique"),
  N ("Microscopie", "Microscopy", "Microscopie"),

  N ("Begeleiden van teams", "Coaching teams", "Accompagnement d'équipes"),
  N ("Feedback geven", "Giving feedback", "Donner du feedback"),
  N ("Werken met verbeterborden", "Working with improvement boards", "Tableaux d'amélioration"),
  N ("Tijdsindeling", "Time management", "Gestion du temps"),
  N ("Informatiebeveiliging", "Information security", "Sécurité de l'information"),
};

const SimName sim_roles[SIM_N_ROLES] = {
  N ("directeur", "director", "directeur"),
  N ("afdelingshoofd", "head of department", "chef de département"),
  N ("teamleider", "team leader", "chef d'équipe"),
  N ("verpleegkundige", "nurse", "infirmier"),
  N ("verzorgende", "carer", "aide-soignant"),
  N ("monteur", "mechanic", "mécanicien"),
  N ("werkvoorbereider", "work planner", "préparateur"),
  N ("ontwikkelaar", "developer", "développeur"),
  N ("beheerder", "administrator", "administrateur"),
  N ("accountmanager", "account manager", "chargé de clientèle"),
  N ("verkoopadviseur", "sales adviser", "conseiller de vente"),
  N ("controller", "controller", "contrôleur de gestion"),
  N ("administrateur", "bookkeeper", "comptable"),
  N ("planner", "planner", "planificateur"),
  N ("magazijnmedewerker", "warehouse worker", "magasinier"),
  N ("onderzoeker", "researcher", "chercheur"),
  N ("analist", "laboratory analyst", "analyste"),
  N ("adviseur", "adviser", "conseiller"),
  N ("secretaresse", "secretary", "secrétaire"),
};

const SimName sim_genders[SIM_N_GENDERS] = {
  N ("vrouw", "woman", "femme"),
  N ("man", "man", "homme"),
  N ("anders", "other", "autre"),
};

const char *const sim_levels[SIM_N_LEVELS] = { "mbo", "hbo", "wo" };

static const SimName teams[SIM_N_DISCIPLINES][4] = {
  { N ("Thuiszorg", "Home care", "Soins à domicile"), N ("Wijkteam", "Neighbourhood team", "Équipe de quartier"),
    N ("Verpleeghuis", "Nursing home", "Maison de soins"), N ("Dagopvang", "Day care", "Accueil de jour") },
  { N ("Werkplaats", "Workshop", "Atelier"), N ("Onderhoud", "Maintenance", "Maintenance"),
    N ("Montage", "Assembly", "Montage"), N ("Ontwerp", "Design", "Conception") },
  { N ("Toepassingen", "Applications", "Applications"), N ("Netwerken", "Networks", "Réseaux"),
    N ("Gegevens", "Data", "Données"), N ("Hulplijn", "Help desk", "Assistance") },
  { N ("Binnendienst", "Inside sales", "Ventes internes"), N ("Buitendienst", "Field sales", "Ventes externes"),
    N ("Klantenservice", "Customer service", "Service clientèle"), N ("Communicatie", "Communication", "Communication") },
  { N ("Administratie", "Administration", "Administration"), N ("Inkoop", "Procurement", "Achats"),
    N ("Controle", "Control", "Contrôle"), N ("Salarissen", "Payroll", "Salaires") },
  { N ("Magazijn", "Warehouse", "Entrepôt"), N ("Vervoer", "Transport", "Transport"),
    N ("Planning", "Planning", "Planification"), N ("Haven", "Port", "Port") },
  { N ("Laboratorium", "Laboratory", "Laboratoire"), N ("Proefveld", "Test field", "Champ d'essai"),
    N ("Kwaliteit", "Quality", "Qualité"), N ("Innovatie", "Innovation", "Innovation") },
  { N ("Personeel", "Human resources", "Personnel"), N ("Huisvesting", "Facilities", "Bâtiments"),
    N ("Juridische Zaken", "Legal affairs", "Affaires juridiques"), N ("Bestuur", "Board office", "Secrétariat général") },
};

const char *const sim_first_names[] = {
  "Sanne", "Daan", "Fatima", "Jan", "Emma", "Mohamed", "Lotte", "Pieter", "Anouk", "Youssef", "Femke", "Thijs", "Eva",
  "Bram", "Maria", "Kees", "Noor", "Willem", "Iris", "Sem", "Aylin", "Joost", "Marieke", "Ruben", "Chantal", "Lars",
  "Ilse", "Hans", "Soraya", "Gijs", "Wendy", "Niels", "Esra", "Dirk", "Hanna", "Tom", "Carla", "Mees", "Linda", "Stijn",
};

const char *const sim_last_names[] = {
  "Jansen", "de Vries", "Bakker", "van Dijk", "Visser", "Smit", "Meijer", "de Boer", "Mulder", "Yilmaz", "Bos", "Vos",
  "Peters", "Hendriks", "van Leeuwen", "Dekker", "Brouwer", "de Wit", "Dijkstra", "El Amrani", "Smits", "de Graaf",
  "van der Meer", "Kok", "Jacobs", "de Haan", "Vermeulen", "van den Heuvel", "Schouten", "Willems", "Maas", "Kuiper",
  "Postma", "Kaya", "Prins", "Huisman", "Peeters", "Claes", "Wouters", "Nguyen", "Scholten", "Sanders", "Gerritsen",
};

const char *
sim_name (const SimName *name,
          SimLanguage    language)
{
  return name->in[language];
}

const char *
sim_first_name (guint index)
{
  return sim_first_names[index % G_N_ELEMENTS (sim_first_names)];
}

const char *
sim_last_name (guint index)
{
  return sim_last_names[index % G_N_ELEMENTS (sim_last_names)];
}

const char *
sim_team_name (guint       discipline,
               guint       index,
               SimLanguage language)
{
  return sim_name (&teams[discipline][index % G_N_ELEMENTS (teams[0])], language);
}

char *
sim_slug (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");
  GString *slug = g_string_new (NULL);

  for (const char *c = ascii; *c != '\0'; c++)
    {
      if (g_ascii_isalnum (*c))
        g_string_append_c (slug, g_ascii_tolower (*c));
      else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
        g_string_append_c (slug, '-');
    }

  return g_string_free (slug, FALSE);
}
