using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>A hub whose worker reads Git repositories from a real sshd.</summary>
public sealed class SourceHub(TestPostgres postgres) : TestHub(postgres)
{
    /// <summary>The worker's name for the key that the sshd lets in.</summary>
    public const string Key = "models-key";

    public const string PushSecret = "models-push";

    public const string PushValue = "It's a Secret to Everybody";

    private readonly string _folder = Directory.CreateTempSubdirectory("deployhub-sources-").FullName;
    private TestSshd? _sshd;

    internal TestSshd Sshd => _sshd ?? throw new InvalidOperationException(TestSshd.Why);

    public string Secrets => Directory.CreateDirectory(Path.Combine(_folder, "secrets")).FullName;

    /// <summary>Where the worker may read repositories of its own disk.</summary>
    public string Repositories => Path.Combine(_folder, "repositories");

    public string Data => Path.Combine(_folder, "data");

    protected override string Roles => "all";

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["DeployHub:DataDirectory"] = Data,
            ["DeployHub:SecretsDirectory"] = Secrets,
            ["DeployHub:Worker:SweepEvery"] = "00:00:02",
            ["DeployHub:Worker:Git:Folders"] = Repositories,
        };

    protected override async Task<string> NewDatabaseAsync()
    {
        if (TestSshd.CanStart)
        {
            _sshd = await TestSshd.StartAsync();
            await File.WriteAllTextAsync(Path.Combine(Secrets, Key), _sshd.Key);
        }

        await File.WriteAllTextAsync(Path.Combine(Secrets, PushSecret), PushValue);
        return await base.NewDatabaseAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_sshd is not null) await _sshd.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
