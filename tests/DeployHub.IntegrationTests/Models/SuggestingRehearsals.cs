using System.Net;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>The short way to a rehearsal, and to a model for something new.</summary>
public sealed class SuggestingRehearsals(TestHub hub) : IClassFixture<TestHub>
{
    private static readonly ModelIntent Intent = new("Less waiting");

    [Fact]
    public async Task Everything_is_chosen_and_one_button_starts_it()
    {
        using var estate = await InTestAsync(Document);
        using var client = await (await hub.BrowserFor(Role.DeploymentManager)).ForApiAsync();
        var plan = (await client.GetAsync($"/api/v1/models/{estate.Name}/versions/2/rehearsal").Json()).GetProperty("plan");
        plan.GetProperty("environment").GetString()!.ShouldStartWith("estate-", customMessage: "every estate of the class fits");
        (plan.GetProperty("versions")[0].GetString(), plan.GetProperty("reason").GetString(), plan.GetProperty("rehearsal").GetProperty("case").GetString())
            .ShouldBe(($"{estate.Name}@1.1.0", "ModelRehearsal", "Pass"));

        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        (await browser.Read($"/models/{estate.Name}/versions/2")).ShouldContain($"/models/{estate.Name}/versions/2/rehearse?Input.Rehearsal=Pass");
        var form = await browser.Read($"/models/{estate.Name}/versions/2/rehearse?Input.Rehearsal=ForcedFailure");
        form.ShouldContain($"value=\"{estate.Name}@1.1.0\" selected");
        form.ShouldNotContain("What is missing first");

        using var started = await browser.Submit(
            $"/models/{estate.Name}/versions/2/rehearse", null, ("Input.Model", estate.Name), ("Input.ModelVersion", "2"), ("Input.Reason", "ModelRehearsal"), ("Input.Rehearsal", "Pass"),
            ("Input.Versions", $"{estate.Name}@1.1.0"), ("Input.Environment", estate.Name));
        started.StatusCode.ShouldBe(HttpStatusCode.Redirect, await started.Content.ReadAsStringAsync());
        started.Headers.Location!.OriginalString.ShouldMatch("^/deployments/DEP-[0-9-]+/runs/1$");
        var deployment = (await hub.AsSystem.Send(new ShowDeployment(started.Headers.Location.OriginalString.Split('/')[2]))).Done();
        (deployment.Plan.Reason, deployment.Plan.Rehearsal!.Case).ShouldBe((ReasonCode.ModelRehearsal, RehearsalCase.Pass));

        using var refused = await browser.Submit($"/models/{estate.Name}/versions/2/rehearse", null, ("Input.Model", estate.Name), ("Input.Rehearsal", "Pass"), ("Input.Environment", "nowhere"), ("Input.Versions", $"{estate.Name}@1.1.0"));
        (await refused.Content.ReadAsStringAsync()).ShouldContain("There is no environment");
    }

    [Fact]
    public async Task What_cannot_be_chosen_is_said_with_the_page_that_mends_it()
    {
        var elsewhere = TestHub.Unique("elsewhere");
        (await hub.As(Role.DeploymentManager).Send(new RegisterService(elsewhere, "Elsewhere", TestHub.Owner))).Error.ShouldBeNull();
        using var estate = await InTestAsync(text => Document(text).Replace("kinds: [Software]", $"kinds: [Software], services: [{elsewhere}]", StringComparison.Ordinal));

        var suggested = (await hub.As(Role.DeploymentManager).Send(new SuggestRehearsal(estate.Name, 2))).Done();

        suggested.Plan.Versions.ShouldBeEmpty();
        suggested.Missing.ShouldHaveSingleItem().ShouldSatisfyAllConditions(lack => lack.Mend.ShouldBe($"/components/new?service={elsewhere}"), lack => lack.Sentence.ShouldContain(elsewhere));
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        (await browser.Read($"/models/{estate.Name}/versions/2/rehearse")).ShouldContain("What is missing first");
        (await browser.Read($"/models/{estate.Name}/versions/1/rehearse")).ShouldContain("A version is rehearsed while it is in test");
        using var client = await (await hub.BrowserFor(Role.DeploymentManager)).ForApiAsync();
        await client.GetAsync($"/api/v1/models/{estate.Name}/versions/1/rehearsal").Problem(HttpStatusCode.BadRequest, "rehearsal.not-in-test");
        await client.GetAsync($"/api/v1/models/{estate.Name}/versions/9/rehearsal").Problem(HttpStatusCode.NotFound, "model-version.not-found");
    }

    [Fact]
    public async Task A_component_that_no_model_fits_is_offered_starters_and_an_empty_slug_is_filled()
    {
        var key = TestHub.Unique("racks");
        (await hub.As(Role.DeploymentManager).Send(new RegisterService(key, "Racks", TestHub.Owner))).Error.ShouldBeNull();
        (await hub.As(Role.DeploymentManager).Send(new RegisterComponent(key, key, "Rack", Domain.Inventory.ComponentKind.Hardware))).Error.ShouldBeNull();
        using var browser = await hub.BrowserFor(Role.DeploymentManager);

        foreach (var page in new[] { $"/components/{key}", $"/services/{key}" })
        {
            var html = await browser.Read(page);
            html.ShouldContain("No published model fits Rack.");
            html.ShouldContain("/models/new?starter=shipped%3Arack-swap");
            html.ShouldNotContain("/models/new?starter=shipped%3Arolling-service");
        }

        var name = $"Rack swap {key}";
        using var planned = await browser.Submit("/models/new", null, ("Input.Name", name), ("Input.Slug", ""), ("Input.Purpose", "Swaps racks."), ("Input.Need", "Calm swaps"), ("Input.Starter", "shipped:rack-swap"));
        planned.StatusCode.ShouldBe(HttpStatusCode.Redirect, await planned.Content.ReadAsStringAsync());
        planned.Headers.Location!.OriginalString.ShouldBe($"/models/rack-swap-{key}/versions/1/edit");
        (await hub.AsSystem.Send(new ListFittingModels(key))).Done().ShouldHaveSingleItem().Coming.Select(coming => coming.Slug).ShouldContain($"rack-swap-{key}");
        using var client = await (await hub.BrowserFor(Role.DeploymentManager)).ForApiAsync();
        (await client.GetAsync($"/api/v1/services/{key}/models?component={key}").Json())[0].GetProperty("starters").GetArrayLength().ShouldBeGreaterThan(0);
    }

    private static string Document(string text) => text.Replace("purpose: Shows", "purpose: Still shows", StringComparison.Ordinal);

    private async Task<Estate> InTestAsync(Func<string, string> change)
    {
        var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        (await hub.As(Role.DeploymentManager).Send(new DraftModelVersion(estate.Name, Intent))).Done().ShouldBe(2);
        var text = (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 2))).Done().Yaml;
        (await hub.As(Role.DeploymentManager).Send(new WriteModelVersion(estate.Name, 2, change(text)))).Done();
        (await hub.As(Role.DeploymentManager).Send(new StartTestingModelVersion(estate.Name, 2))).Done();
        return estate;
    }
}
