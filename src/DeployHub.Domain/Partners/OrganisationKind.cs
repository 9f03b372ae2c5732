namespace DeployHub.Domain.Partners;

/// <summary>What an organisation is to the services that we deploy.</summary>
public enum OrganisationKind
{
    Partner,
    Consumer,
    Supplier,
    InternalUnit,
}
