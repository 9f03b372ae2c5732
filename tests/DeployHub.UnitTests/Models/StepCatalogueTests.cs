using System.Text;
using DeployHub.Features.Models;

namespace DeployHub.UnitTests.Models;

public sealed class StepCatalogueTests
{
    [Fact]
    public void Every_kind_and_every_setting_is_described() =>
        StepCatalogue.Kinds.SelectMany(kind => kind.Settings.Where(setting => setting.Description.Length == 0).Select(setting => $"{kind.Name}: {setting.Name}").Concat(kind.Summary.Length == 0 ? [kind.Name] : []))
            .ShouldBeEmpty("Their doc comments are what model authors read.");

    [Fact]
    public void A_setting_tells_what_it_is_and_what_holds_unless_told()
    {
        var canary = StepCatalogue.Kinds.Single(kind => kind.Name == "check-canary");

        canary.Settings.Single(setting => setting.Name == "pass").ShouldBe(new StepCatalogue.Setting("pass", "whole number", false, "95", "From this score on the check passes."));
        canary.Settings.Single(setting => setting.Name == "metrics[].direction").ShouldSatisfyAllConditions(
            setting => setting.Type.ShouldBe("Increase, Decrease or Either"), setting => setting.Default.ShouldBe("Increase"));
        canary.Settings.Single(setting => setting.Name == "source").IsRequired.ShouldBeTrue();
    }

    [Fact]
    public void The_documented_catalogue_is_that_of_the_code()
    {
        var kept = Path.Combine(Written.Root, "docs", "step-kinds.md");
        if (System.Environment.GetEnvironmentVariable("DEPLOYHUB_WRITE_DOCS") is not null) File.WriteAllText(kept, Document());

        File.ReadAllText(kept).ShouldBe(Document(), "Set DEPLOYHUB_WRITE_DOCS to write it anew.");
    }

    private static string Document()
    {
        var text = new StringBuilder("# What a model can do\n\nEvery kind of step and check, from the doc comments of its settings. The same stands on the page *Models → What a model can do* and in the schema for editors.\n");
        foreach (var kind in StepCatalogue.Kinds)
        {
            text.Append($"\n## {kind.Name}\n\n{kind.Summary}\n");
            if (kind.Settings.Count > 0) text.Append("\n| setting | is | unless told | means |\n| --- | --- | --- | --- |\n");
            foreach (var setting in kind.Settings)
                text.Append($"| `{setting.Name}` | {setting.Type} | {(setting.IsRequired ? "required" : setting.Default is { Length: > 0 } otherwise ? $"`{otherwise}`" : "")} | {setting.Description.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.ToString();
    }
}
