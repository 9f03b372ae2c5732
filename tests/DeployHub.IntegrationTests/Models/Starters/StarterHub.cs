using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Models.Starters;

/// <summary>Rehearsals that share one hub and its worker: starting both costs more than what most of them do.</summary>
[CollectionDefinition(nameof(Rehearsals))]
[TakesLong(170)]
public sealed class Rehearsals : ICollectionFixture<StarterHub>;

/// <summary>
/// A hub with a real worker, which finds the secrets that tests put down while it runs. The worker is a process of its own: those that share one share what
/// wakes them up, too, and a ring that another hub's worker hears is heard by nobody else.
/// </summary>
public sealed class StarterHub(TestPostgres postgres) : TestHub(postgres)
{
    private readonly string _secrets = Directory.CreateTempSubdirectory("deployhub-secrets-").FullName;
    private DeployHubProcess? _worker;

    public void Know(string name, string secret) => File.WriteAllText(Path.Combine(_secrets, name), secret);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _worker = await this.StartWorkerAsync("rehearser", ("DeployHub__SecretsDirectory", _secrets));
    }

    public override async ValueTask DisposeAsync()
    {
        if (_worker is not null) await _worker.DisposeAsync();
        await base.DisposeAsync();
        Directory.Delete(_secrets, recursive: true);
    }
}
