using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>A run that publishes something and asks readers to confirm it.</summary>
internal static class Reading
{
    public static readonly Actor Ana = new("ana", "Ana");
    public static readonly Actor Gil = new("gil", "Gil");
    public static readonly Actor Eva = new("eva", "Eva");

    public static readonly KnownPerson[] People =
    [
        new(Ana, "ana@test.example", [Role.Stakeholder]), new(Given.Dora, "dora@test.example", [Role.DeploymentManager]), new(Given.Paul, "paul@test.example", [Role.Stakeholder, Role.Auditor]),
        new(Gil, "gil@test.example", [Role.Auditor]), new(Eva, "eva@test.example", [Role.DeploymentManager]),
        new(new Actor("finn", "Finn"), "finn@test.example", [Role.DeploymentManager]),
    ];

    /// <summary>Waits for the readers.</summary>
    /// <param name="upToDate">How many of the targets, the last ones, have the version already.</param>
    public static Simulation Asked(Acknowledge settings, int targets = 1, string timeout = "1h", string batchSize = "100%", Func<ModelContent, ModelContent>? change = null, int upToDate = 0)
    {
        var (model, on) = (Model(settings, timeout, batchSize), Given.Targets(targets));
        if (change is not null) model = change(model);
        return Started(model, on, ExpansionOf(model, on), upToDate);
    }

    /// <summary>Waits for the readers, some of whom know the version before.</summary>
    public static Simulation Asked(Acknowledge settings, IReadOnlyDictionary<string, string> manifest, params KnownAcknowledgement[] acknowledged)
    {
        var (model, on) = (Model(settings), Given.Targets(1));
        return Started(model, on, ExpansionOf(model, on, manifest, acknowledged));
    }

    private static Simulation Started(ModelContent model, IReadOnlyList<RunTarget> targets, Expansion expansion, int upToDate = 0)
    {
        expansion.Expand().Error.ShouldBeNull();
        var run = Run.Start(Domain.Deployments.DeploymentId.New(), 1, "DEP-2026-000001/R1", Domain.Inventory.EnvironmentId.New(), true, [Given.New], expansion, Given.Paul, Given.Now);
        return new Simulation(run, targets, (_, step) => step.Settings is Acknowledge ? new StepOutcome.NeedsPerson() : StepOutcome.Succeeded.Plain, model: model) { UpToDate = [.. targets.TakeLast(upToDate)] }
            .WorkUntil(asked => asked.WaitingFor is WaitingReason.Acknowledgement);
    }

    public static ModelContent Model(Acknowledge settings, string timeout = "1h", string batchSize = "100%") =>
        Given.Model(batchSize, "0", new StepDefinition("Publish", new Upload("package")), new StepDefinition("Read it", settings) { Timeout = timeout });

    public static Expansion ExpansionOf(ModelContent model, IReadOnlyList<RunTarget> targets, IReadOnlyDictionary<string, string>? manifest = null, params KnownAcknowledgement[] acknowledged) =>
        new("DEP-2026-000001", "production", model, new Dictionary<string, string>(), [Given.New], targets)
        {
            People = People,
            Manifests = manifest is null ? new Dictionary<Domain.Inventory.ComponentVersionId, IReadOnlyDictionary<string, string>>() : new Dictionary<Domain.Inventory.ComponentVersionId, IReadOnlyDictionary<string, string>> { [Given.New.VersionId!.Value] = manifest },
            Acknowledged = acknowledged,
        };

    /// <summary>The step that asks, on the first target.</summary>
    public static StepRun ReadStep(this Simulation simulation) => simulation.Run.TargetRuns.First(targetRun => targetRun.Stage is Stage.Execute).Steps[1];

    public static Reader Reader(this Simulation simulation, Actor who) => simulation.ReadStep().Readers!.Single(reader => reader.Person.Is(who));

    /// <param name="on">Number of the target.</param>
    public static Result Confirm(this Simulation simulation, Actor by, int on = 1) =>
        simulation.Run.Acknowledge(simulation.Run.TargetRuns.First(targetRun => targetRun.Stage is Stage.Execute && targetRun.Subject == $"web-{on}").Id, 2, by, simulation.Now);

    public static Result Exempt(this Simulation simulation, Actor reader, DateOnly until) =>
        simulation.Run.Exempt(Stage.Execute, "web-1", 2, reader.Id, "On leave", until, Eva, simulation.Now);
}
