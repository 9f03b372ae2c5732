using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Partners;
using Mediator;

namespace DeployHub.Worker.Demo;

/// <summary>Fills an empty installation by the same commands that people and programs send: a service, three environments, a block and models.</summary>
/// <param name="samples">The folder that holds the packages, the handbook and the models.</param>
/// <param name="directory">Where the demo keeps its definitive store.</param>
public sealed class DemoLoader(ISender sender, Caller caller, SeedPeople people, DemoFleet fleet, string samples, string directory)
{
    private const int FirstPort = 5101;
    private static readonly string[] Versions = ["1.0.0", "1.1.0", "1.2.0"];

    private static readonly (string Key, string Name, Tier Tier, string[] Targets)[] Environments =
    [
        ("development", "Development", Tier.Development, ["dev-1"]),
        ("staging", "Staging", Tier.Staging, ["stage-1", "stage-2"]),
        ("production", "Production", Tier.Production, ["web-1", "web-2", "web-3", "web-4", "web-5", "web-6"]),
    ];

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        caller.ActAsSystem();
        await people.AddDemoAsync(cancellationToken);
        await RegisterComponentsAsync(cancellationToken);
        await ImportModelsAsync(cancellationToken);
        var ports = await RegisterEnvironmentsAsync(cancellationToken);
        await OpenProductionAsync(cancellationToken);
        await InstallAsync(ports, cancellationToken);
        await RegisterPartnerAsync(cancellationToken);
    }

    private async Task RegisterComponentsAsync(CancellationToken cancellationToken)
    {
        var store = Directory.CreateDirectory(Path.Combine(directory, "store")).FullName;
        await SendAsync(new RegisterStore("demo", "Demo packages", StoreKind.Folder, store), cancellationToken);
        await SendAsync(new RegisterService("greeter", "Greeter", "Ana Approver", "Greets whoever comes by: a small web service on six machines."), cancellationToken);
        await SendAsync(new RegisterComponent("greeter", "greeter-web", "Greeter web service", ComponentKind.Software), cancellationToken);
        await SendAsync(new RegisterComponent("greeter", "greeter-handbook", "On-call handbook", ComponentKind.Documentation), cancellationToken);

        foreach (var version in Versions)
            await SendAsync(new RegisterComponentVersion("greeter-web", version, [Keep("package", $"greeter-{version}.tar.gz", store)], Provenance: new Dictionary<string, string> { ["builder"] = "DeployHub build" }), cancellationToken);
        await SendAsync(new RegisterComponentVersion("greeter-handbook", "2026.1", [Keep("handbook", Path.Combine("handbook", "on-call-handbook.md"), store)]), cancellationToken);
    }

    /// <summary>A copy that no later build changes, and its digest.</summary>
    private RegisterComponentVersion.Artefact Keep(string name, string file, string store)
    {
        var bytes = File.ReadAllBytes(Path.Combine(samples, file));
        var path = Path.GetFileName(file);
        File.WriteAllBytes(Path.Combine(store, path), bytes);
        return new RegisterComponentVersion.Artefact(name, "demo", path, Digest.OfBytes(bytes).ToString(), bytes.Length);
    }

    private async Task ImportModelsAsync(CancellationToken cancellationToken)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(samples, "blocks"), "*.yaml"))
            await SendAsync(new ImportBlock(Path.GetFileNameWithoutExtension(file), await File.ReadAllTextAsync(file, cancellationToken), ReleaseNote: "Shipped with DeployHub"), cancellationToken);
        foreach (var file in Directory.GetFiles(Path.Combine(samples, "models"), "*.yaml"))
            await SendAsync(new ImportModel(Path.GetFileNameWithoutExtension(file), await File.ReadAllTextAsync(file, cancellationToken), ReleaseNote: "Shipped with DeployHub"), cancellationToken);
    }

    private async Task<Dictionary<string, int>> RegisterEnvironmentsAsync(CancellationToken cancellationToken)
    {
        var free = new Queue<int>(FreePorts(Environments.Sum(environment => environment.Targets.Length)));
        var ports = new Dictionary<string, int>();
        foreach (var (order, (key, name, tier, targets)) in Environments.Index())
        {
            await SendAsync(new RegisterEnvironment(key, name, tier, "Dora Manager", tier is Tier.Production, order + 1), cancellationToken);
            foreach (var target in targets)
            {
                ports[target] = free.Dequeue();
                var port = ports[target].ToString(CultureInfo.InvariantCulture);
                var variables = new Dictionary<string, string> { ["port"] = port, ["url"] = $"http://127.0.0.1:{port}" };
                await SendAsync(new RegisterTarget(key, target, new LocalConnection(fleet.PlaceOf(target)), new Dictionary<string, string> { ["site"] = "here" }, variables), cancellationToken);
            }
        }

        await SendAsync(new SetVariable("greeter", "log-level", [new ScopedValue("Information"), new ScopedValue("Debug", Environments[0].Key)], "How much the greeter writes down"), cancellationToken);
        return ports;
    }

    /// <summary>Production is closed until it has a window; somebody who tries the demo does so at any hour.</summary>
    private async Task OpenProductionAsync(CancellationToken cancellationToken)
    {
        var everyDay = new RecurrenceInput { Start = new DateTime(2026, 1, 1), End = new DateTime(2026, 1, 2), Zone = "Europe/Stockholm", Rule = "FREQ=DAILY" };
        await SendAsync(new DefineWindow("Every day", "Whoever tries the demo does so at any hour.", "Dora Manager", new ScopeInput { Environment = "production" }, everyDay), cancellationToken);
    }

    /// <summary>The machines ran 1.0.0 before anybody planned anything.</summary>
    private async Task InstallAsync(Dictionary<string, int> ports, CancellationToken cancellationToken)
    {
        var package = Path.Combine(samples, $"greeter-{Versions[0]}.tar.gz");
        await Parallel.ForEachAsync(ports, cancellationToken, async (target, token) => await fleet.InstallAsync(target.Key, package, Versions[0], target.Value, token));
        foreach (var (key, _, _, targets) in Environments)
            foreach (var target in targets)
                await SendAsync(new ReportObservation(key, target, "greeter-web", Versions[0], "demo set-up"), cancellationToken);
    }

    /// <summary>It is informed of what comes to staging and has to agree to nothing, so that nobody who tries the demo waits for it.</summary>
    private async Task RegisterPartnerAsync(CancellationToken cancellationToken)
    {
        await SendAsync(new RegisterOrganisation("partner-bank", "Partner bank", OrganisationKind.Partner, "Europe/Berlin", Organisation.UsualNotice, SilencePolicy.BlocksFromMediumRisk), cancellationToken);
        await SendAsync(new AddContact("partner-bank", "Petra Partner", "petra@partner-bank.example", "+49 30 5550100"), cancellationToken);
        await SendAsync(new AddConcern("partner-bank", "greeter", "staging", IsRequired: false), cancellationToken);
    }

    private async Task SendAsync<TResult>(ICommand<TResult> command, CancellationToken cancellationToken) where TResult : IFailable<TResult>
    {
        var result = await sender.Send(command, cancellationToken);
        if (result.Error is { } refusal)
            throw new InvalidOperationException($"The demo was refused: {refusal.Message} {string.Join(' ', refusal.Fields.SelectMany(field => field.Value))}");
    }

    private static IEnumerable<int> FreePorts(int count) => Enumerable.Range(FirstPort, 2000).Where(IsFree).Take(count);

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
