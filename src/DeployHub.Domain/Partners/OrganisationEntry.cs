namespace DeployHub.Domain.Partners;

/// <summary>What an organisation has several of, each ended by its number.</summary>
public enum OrganisationEntry
{
    Contact,
    Concern,
    Agreement,
    Freeze,
}
