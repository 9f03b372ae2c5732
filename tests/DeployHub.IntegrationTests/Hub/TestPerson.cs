using DeployHub.Domain.Access;

namespace DeployHub.IntegrationTests.Hub;

/// <summary>Somebody with an account in the hub's database.</summary>
public sealed record TestPerson(Guid Id, string Name, string Email, IReadOnlyList<RoleGrant> Grants)
{
    public const string Password = "correct horse battery";

    public Actor Actor => new(Id.ToString(), Name);
}
