using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.UnitTests.Models;

/// <summary>Whoever reads what a step does reads what it is given, but for secrets.</summary>
public sealed class EnvironmentsOfSteps
{
    [Theory]
    [InlineData("PORT", "8080", "8080")]
    [InlineData("URL", "${variable.url}", "${variable.url}")]
    [InlineData("DB_PASSWORD", "${secret:shop-db}", "${secret:shop-db}")]
    [InlineData("DSN", "host=db password=${secret:shop-db}", "host=db password=${secret:shop-db}")]
    [InlineData("API_TOKEN", "written out", "(not shown)")]
    [InlineData("DB", "postgres://shop:hunter2@db/shop", "(not shown)")]
    [InlineData("KEY", "-----BEGIN PRIVATE KEY-----", "(not shown)")]
    public void A_value_is_shown_and_a_secret_only_by_its_name(string name, string value, string shown)
    {
        var environment = new Dictionary<string, string> { [name] = value };
        StepSettings[] kinds = [new RunScript(["true"], environment), new CheckScript(["true"], environment), new RunSsh("true", environment), new ReplaceContainer("shop@sha256:0", "shop", Environment: environment)];

        foreach (var settings in kinds) EnvironmentInWords.Of(settings)[name].ShouldBe(shown);
    }

    [Fact]
    public void A_kind_that_gives_none_has_none() => EnvironmentInWords.Of(new Upload("package")).ShouldBeEmpty();
}
