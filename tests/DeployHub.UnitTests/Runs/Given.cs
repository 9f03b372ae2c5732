using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Named starting points.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    public static readonly Actor Paul = new("paul", "Paul");
    public static readonly Actor Dora = new("dora", "Dora");

    public static readonly MovedVersion New = new(ComponentId.New(), "web", ComponentVersionId.New(), "1.1.0", Digest.OfText("1.1.0"));
    public static readonly MovedVersion Old = New with { VersionId = ComponentVersionId.New(), Label = "1.0.0", Digest = Digest.OfText("1.0.0") };

    /// <summary>Of one component for two targets of a live environment.</summary>
    public static readonly Plan Plan = new()
    {
        Versions = [new(ComponentId.New(), "web", ComponentKind.Software, ComponentVersionId.New(), "1.1.0", Digest.OfText("1.1.0"))],
        Environment = "production",
        Tier = Tier.Production,
        IsLive = true,
        Targets = [new(TargetId.New(), "web-1"), new(TargetId.New(), "web-2")],
        Model = "rolling",
        ModelVersion = 1,
        ModelDigest = Digest.OfText("rolling"),
        RollbackMethod = RollbackMethod.RedeployPrevious,
    };

    public static ModelContent Model(string batchSize = "2", string failureBudget = "0", params StepDefinition[] execute) => new()
    {
        Model = "rolling",
        Name = "Rolling",
        Purpose = "Tests",
        Approach = Approach.Rolling,
        VerifyComponents = [new("Check artefacts", new CheckArtefacts())],
        VerifyEnvironment = [new("Reach", new CheckReachable())],
        Execute = new ExecuteDefinition
        {
            Phases = new Batches(batchSize),
            FailureBudget = failureBudget,
            Steps = execute.Length > 0 ? execute : [new("Upload", new Upload("package")), new("Switch", new RunScript(["switch", "${version.label}", "${target.name}"]))],
        },
        VerifyDeployment = [new("Read back", new CheckVersion("http://${target.name}/version"))],
        Rollback = new RollbackDefinition(RollbackMethod.RedeployPrevious),
    };

    public static IReadOnlyList<RunTarget> Targets(int count) =>
        [.. Enumerable.Range(1, count).Select(number => new RunTarget(TargetId.New(), $"web-{number}", new Dictionary<string, string>()))];

    public static Expansion Expansion(ModelContent model, IReadOnlyList<RunTarget> targets) =>
        new("DEP-2026-000001", "production", model, new Dictionary<string, string>(), [New], targets);

    public static Run Run(IReadOnlyList<RunTarget> targets, ModelContent? model = null, bool isLive = true)
    {
        var expansion = Expansion(model ?? Model(), targets);
        expansion.Expand().Error.ShouldBeNull();
        return Domain.Runs.Run.Start(DeploymentId.New(), 1, "DEP-2026-000001/R1", EnvironmentId.New(), isLive, [New], expansion, Paul, Now);
    }

    public static IReadOnlyList<Baseline> Baselines(IEnumerable<RunTarget> targets, MovedVersion? version) =>
        [.. targets.Select(target => new Baseline(target.Id, New.ComponentId, version))];

    public static Decision Decision(DateTimeOffset at, Actor? by = null) => new(CauseClass.Component, "It answered 503.", by ?? Dora, at);

    public static Decision ByHand(DateTimeOffset at, Actor? by = null) => Decision(at, by) with { Remedy = "The switch is set; its panel shows 1.1.0." };

    public static Decision Waiving(DateTimeOffset at, Actor? by = null) => Decision(at, by) with { Waiver = new Waiver(at.AddDays(7), "Somebody looks every morning.") };
}
