using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Models.Starters;

/// <summary>Web and worker in one process, with a secrets directory into which tests put what only they know.</summary>
public sealed class StarterHub(TestPostgres postgres) : TestHub(postgres)
{
    private readonly string _secrets = Directory.CreateTempSubdirectory("deployhub-secrets-").FullName;

    protected override string Roles => "all";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["DeployHub:SecretsDirectory"] = _secrets };

    public void Know(string name, string secret) => File.WriteAllText(Path.Combine(_secrets, name), secret);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_secrets, recursive: true);
    }
}
