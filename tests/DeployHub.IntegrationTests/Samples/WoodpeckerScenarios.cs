using System.Text.Json;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using YamlDotNet.Serialization;

namespace DeployHub.IntegrationTests.Samples;

/// <summary>
/// Pipelines of another tool with their expected ends, told as steps of a model: the order of steps means the same here.
/// What differs is listed in <c>docs/guide/step-order.md</c>.
/// </summary>
public sealed class WoodpeckerScenarios(WorkingHub hub) : IClassFixture<WorkingHub>
{
    private static readonly string[] WithoutCounterpart = ["clone", "db"]; // the artefact is brought by Estate's own step; services live on targets

    public static TheoryData<string> Names => [.. Directory.Exists(Fixtures) ? Directory.GetFiles(Fixtures, "*.yaml").Order().Select(file => Path.GetFileNameWithoutExtension(file)!) : ["absent"]];

    private static string Fixtures => Path.Combine(SolutionFolder(), "..", "shared", "data", "woodpecker-scenarios", "fixtures");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task End_as_they_are_expected_to(string name)
    {
        Assert.SkipWhen(name == "absent", "The scenarios are not on this machine: ../shared/data/woodpecker-scenarios.");
        var pipeline = new DeserializerBuilder().IgnoreUnmatchedProperties().WithNamingConvention(YamlDotNet.Serialization.NamingConventions.CamelCaseNamingConvention.Instance).Build()
            .Deserialize<Pipeline>(await File.ReadAllTextAsync(Path.Combine(Fixtures, $"{name}.yaml")));
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Fixtures, $"{name}.json")));

        using var estate = await Estate.RegisterAsync(hub, string.Join('\n', pipeline.Steps.Select(Told)), targets: 1);
        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, expected.RootElement.GetProperty("expected_status").GetString() == "success" ? RunStatus.Succeeded : RunStatus.Halted);

        var steps = (await estate.RunAsync(run)).TargetRuns.Single(targetRun => targetRun.Stage is Stage.Execute).Steps;
        foreach (var step in expected.RootElement.GetProperty("expected_steps").EnumerateArray().Where(step => !WithoutCounterpart.Contains(step.GetProperty("name").GetString())))
        {
            var seen = steps.Single(seen => seen.Name == step.GetProperty("name").GetString());
            Meaning(seen.Status).ShouldBe(step.GetProperty("status").GetString(), seen.Name);
            if (step.GetProperty("exit_code").GetInt32() is var code and not 0) seen.Trouble.ShouldNotBeNull().ShouldContain($"{code}");
        }
    }

    private static string Told(Step step)
    {
        var shell = $"{string.Join("; ", step.Commands)}; exit {step.Environment.GetValueOrDefault("STEP_EXIT_CODE", "0")}";
        var runs = step.When.SelectMany(when => when.Status).ToHashSet() switch
        {
            var states when states.SetEquals(["failure"]) => ", runs: OnFailure",
            var states when states.SetEquals(["success", "failure"]) => ", runs: Always",
            _ => "",
        };
        return $"- {{ name: {step.Name}, uses: script, with: {{ command: [sh, -c, '{shell}'] }}, timeout: 1m{runs}{(step.Failure == "ignore" ? ", ifItFails: GoOn" : "")} }}";
    }

    private static string Meaning(StepStatus status) => status switch
    {
        StepStatus.Succeeded => "success",
        StepStatus.Failed or StepStatus.Tolerated => "failure",
        _ => "skipped",
    };

    private static string SolutionFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "DeployHub.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    private sealed class Pipeline
    {
        public List<Step> Steps { get; set; } = [];
    }

    private sealed class Step
    {
        public string Name { get; set; } = "";

        public List<string> Commands { get; set; } = [];

        public Dictionary<string, string> Environment { get; set; } = [];

        public string Failure { get; set; } = "";

        public List<When> When { get; set; } = [];
    }

    private sealed class When
    {
        public List<string> Status { get; set; } = [];
    }
}
