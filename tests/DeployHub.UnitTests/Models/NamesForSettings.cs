using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models.Notation;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Models;

/// <summary>What the editor proposes within <c>${…}</c> has a value somewhere.</summary>
public sealed class NamesForSettings
{
    public static TheoryData<string> Names => [.. Placeholder.All.Select(placeholder => placeholder.Name[^1] is '.' or ':' ? $"{placeholder.Name}x" : placeholder.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Each_is_known_in_a_step(string name)
    {
        var text = name.StartsWith("version.manifest.", StringComparison.Ordinal)
            ? Written.With("    - name: Compare\n      uses: check-artefacts\n", $"    - name: Compare\n      uses: check-artefacts\n    - name: Read\n      uses: manual\n      with: {{ instruction: \"Read ${{{name}}}.\", expected: 5m }}\n")
            : Written.With("PORT: 8080", $"PORT: \"${{{name}}}\"");

        ModelDocument.Read(text).Remarks.Where(remark => remark.Rule == "template.unknown-name").Select(remark => remark.Sentence).ShouldBeEmpty();
    }

    [Fact]
    public void What_a_run_fills_is_what_is_told()
    {
        var target = new RunTarget(TargetId.New(), "web-1", new Dictionary<string, string> { ["x"] = "", ["directory"] = "", ["host"] = "" })
        {
            Labels = new Dictionary<string, string> { ["x"] = "" },
            Variables = new Dictionary<string, string> { ["x"] = "" },
        };
        var model = Given.Model() with { Parameters = [new Parameter("x", ParameterType.Text, "1", Mutability.Free, "")] };
        var expansion = new Expansion("DEP-2026-000001", "production", model, new Dictionary<string, string>(), [Given.New], [target])
        {
            Manifests = new Dictionary<ComponentVersionId, IReadOnlyDictionary<string, string>> { [Given.New.VersionId!.Value] = new Dictionary<string, string> { ["x"] = "" } },
        };

        var filled = expansion.Values(Given.New, target, new PhaseRun(1, "All", 0)).Keys.Order(StringComparer.Ordinal);
        var told = Placeholder.Known.Where(name => name.Name is not ("step.key.output" or "secret:")).Select(name => name.Name[^1] is '.' ? $"{name.Name}x" : name.Name).Order(StringComparer.Ordinal);

        filled.ShouldBe(told, "a step's output and a secret are filled later");
    }
}
