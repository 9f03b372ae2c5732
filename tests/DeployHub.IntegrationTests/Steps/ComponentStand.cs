using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Signing.Attestations;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Notation;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>
/// A hub with one version that has everything a check of component versions may ask for: its bytes in a folder, a signature, a provenance and
/// an SBOM beside them, reported tests, and a deployment that succeeded. It is made once for all checks.
/// </summary>
public sealed class ComponentStand(TestPostgres postgres) : TestHub(postgres)
{
    public const string Label = "2.0.0";
    public const string Builder = "https://ci.acme.example/builder";
    public const string Planted = """pl4nted'S3cret"back\slash$(end)""";

    private const string Good = $$"""{"version":"{{Label}}"}""";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private Estate? _estate;

    /// <summary>Key of the component, its store and its environment.</summary>
    public string Key => _estate!.Name;

    /// <summary>Key of a store whose folder no worker sees.</summary>
    public string Away => $"{Key}-away";

    public string Folder => _estate!.Store;

    /// <summary>What everything passes for.</summary>
    internal SubjectVersionOf Version { get; private set; } = null!;

    protected override string Roles => "all";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["DeployHub:Secrets:planted"] = Planted };

    public async Task PrepareAsync()
    {
        if (_estate is not null) return;

        _estate = await Estate.RegisterAsync(this, Estate.Script("Install", "cp package installed"), targets: 1, change: (_, document) => Task.FromResult(Document = document));
        Version = new SubjectVersionOf(this);
        (await As(Role.Administrator).Send(new RegisterStore(Away, "Away", StoreKind.Folder, Path.Combine(Folder, "unmounted")))).Done();
        (await AsSystem.Send(new RegisterTrustedKey(Key, "Builder", TrustedKeyKind.Pem, _key.ExportSubjectPublicKeyInfoPem()))).Done();
        Put("shop.json", Good, Good);
        Put("forged.json", Good + "\n", "other bytes");
        await File.WriteAllTextAsync(At("damaged.json"), "other bytes than were approved");
        (await As(Role.ReleaseManager).Send(new RegisterComponentVersion(Key, Label, [new RegisterComponentVersion.Artefact("shop.json", Key, "shop.json", Digest.OfText(Good).ToString())]))).Done();
        (await As(Role.CiSystem).Send(new ReportTests(Key, Label, "unit", Digest.OfText(Good).ToString(), Encoding.UTF8.GetBytes("<testsuite><testcase name='starts'/></testsuite>")))).Done();
        var run = await _estate.StartAsync(Label);
        await _estate.ReachesAsync(run, RunStatus.Succeeded);
        Deployment = run[..run.IndexOf('/', StringComparison.Ordinal)];
    }

    /// <summary>Number of the deployment that succeeded.</summary>
    public string Deployment { get; private set; } = "";

    private string Document { get; set; } = "";

    /// <summary>Number of a planned deployment whose model does all these checks.</summary>
    internal async Task<string> PlanWithAsync(IEnumerable<ComponentCheck> checks)
    {
        var model = $"{Key}-all";
        var content = ModelReader.Read(YamlSource.Read(Document), []) with { Model = model, Name = model, VerifyComponents = [.. checks.Select(check => new StepDefinition(StepKinds.Of(check), check) { Timeout = "1m" })] };
        (await As(Role.DeploymentManager).Send(new ImportModel(model, ModelDocument.Yaml(content)))).Done();
        var number = (await As(Role.ReleaseManager).Send(new CreateDeployment(_estate!.Plan(Label) with { Model = model, DeployAgain = true }))).Done();
        (await As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        return number;
    }

    /// <summary>What lies in the store, as text to compare.</summary>
    public string Contents() => string.Join('\n', Directory.GetFiles(Folder).Where(file => !file.Contains("pipe", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(file => $"{file} {Digest.OfBytes(File.ReadAllBytes(file))}"));

    /// <summary>Pipes under every name that a check opens: whoever opens one waits until somebody writes.</summary>
    public async Task MakePipesAsync()
    {
        if (File.Exists(At("pipe.json"))) return;

        using var made = Process.Start("mkfifo", Beside("pipe.json").Prepend("pipe.json").Select(At));
        await made.WaitForExitAsync();
    }

    /// <summary>Lets those go that still open one.</summary>
    public async Task ReleasePipesAsync()
    {
        foreach (var pipe in Beside("pipe.json").Prepend("pipe.json").Select(At).Where(File.Exists))
        {
            await using var open = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite); // both ends, so that it does not wait itself
            await Task.Delay(50);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _estate?.Dispose();
        _key.Dispose();
    }

    private static string[] Beside(string artefact) => [$"{artefact}.sig", $"{artefact}.intoto.jsonl", $"{artefact}.cdx.json"];

    /// <summary>The artefact, and all that is said of it about <paramref name="about"/>.</summary>
    private void Put(string name, string content, string about)
    {
        File.WriteAllText(At(name), content);
        File.WriteAllText(At($"{name}.sig"), Convert.ToBase64String(Sign(Encoding.UTF8.GetBytes(about))));
        var statement = Encoding.UTF8.GetBytes($$$"""
            {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"{{{name}}}","digest":{"sha256":"{{{Digest.OfText(about).Hex}}}"}}],"predicateType":"https://slsa.dev/provenance/v1",
             "predicate":{"buildDefinition":{"buildType":"https://ci.acme.example/build/v1"},"runDetails":{"builder":{"id":"{{{Builder}}}"} } } }
            """);
        var signature = Sign(new DsseEnvelope(InTotoStatement.PayloadType, statement, []).Signed);
        File.WriteAllText(At($"{name}.intoto.jsonl"), $$"""{"payloadType":"{{InTotoStatement.PayloadType}}","payload":"{{Convert.ToBase64String(statement)}}","signatures":[{"keyid":"","sig":"{{Convert.ToBase64String(signature)}}"}]}""" + "\n");
        File.WriteAllText(At($"{name}.cdx.json"), $$$"""
            {"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"application","name":"shop","hashes":[{"alg":"SHA-256","content":"{{{Digest.OfText(about).Hex}}}"}]}},
             "components":[{"type":"library","name":"@acme/cart","version":"1.0.0","purl":"pkg:npm/%40acme/cart@1.0.0","licenses":[{"license":{"id":"MIT"}}]}]}
            """);
    }

    private byte[] Sign(byte[] content) => _key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private string At(string name) => Path.Combine(Folder, name);

    /// <summary>The version, and others that are wrong in one thing.</summary>
    internal sealed class SubjectVersionOf(ComponentStand stand)
    {
        public SubjectVersion Good => Of("shop.json", stand.Key, Digest.OfText(ComponentStand.Good));

        /// <summary>Its bytes are right, and everything that lies beside them is about others.</summary>
        public SubjectVersion Forged => Of("forged.json", stand.Key, Digest.OfText(ComponentStand.Good + "\n"));

        /// <summary>Other bytes lie in the store than were registered.</summary>
        public SubjectVersion Damaged => Of("damaged.json", stand.Key, Digest.OfText("what was approved"));

        public SubjectVersion Away => Of("shop.json", stand.Away, Digest.OfText("nobody has it"));

        public SubjectVersion Endless => Of("pipe.json", stand.Key, Digest.OfText("nobody writes it"));

        private SubjectVersion Of(string path, string store, Digest digest) => new(stand.Key, ComponentKind.Software, Label, digest, [new Artefact(path, store, path, digest)], new Dictionary<string, string>());
    }
}
