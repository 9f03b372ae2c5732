using System.Net;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
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
        await SetVariableAsync(estate.Name, estate.Name);
        using var client = await (await hub.BrowserFor(Role.DeploymentManager)).ForApiAsync();
        var plan = (await client.GetAsync($"/api/v1/models/{estate.Name}/versions/2/rehearsal?component={estate.Name}").Json()).GetProperty("plan");
        plan.GetProperty("environment").GetString().ShouldBe(estate.Name);
        (plan.GetProperty("versions")[0].GetString(), plan.GetProperty("reason").GetString(), plan.GetProperty("rehearsal").GetProperty("case").GetString())
            .ShouldBe(($"{estate.Name}@1.1.0", "ModelRehearsal", "Pass"));

        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        (await browser.Read($"/models/{estate.Name}/versions/2")).ShouldContain($"/models/{estate.Name}/versions/2/rehearse?Input.Rehearsal=Pass");
        var form = await browser.Read($"/models/{estate.Name}/versions/2/rehearse?Input.Rehearsal=ForcedFailure&Input.Versions={estate.Name}@1.1.0");
        form.ShouldContain($"value=\"{estate.Name}@1.1.0\" selected");
        form.ShouldContain($"<option value=\"{estate.Name}\" selected");
        form.ShouldContain($"{estate.Name} is chosen: it is the first of the environments that {estate.Name} uses.");
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

    [Fact]
    public async Task Another_teams_environment_is_never_chosen()
    {
        using var theirs = await InTestAsync(Document);
        using var estate = await InTestAsync(Document);
        await ObserveAsync(theirs, theirs.Name);

        var nowhere = await SuggestAsync(estate);
        (nowhere.Plan.Environment, nowhere.Plan.Versions.ShouldHaveSingleItem()).ShouldBe(("", $"{estate.Name}@1.1.0"));
        nowhere.Missing.ShouldBeEmpty("there are environments that fit");
        nowhere.Environments.ShouldContain(ground => ground.Key == theirs.Name && ground.Objection == null, "it would fit");
        nowhere.Why.ShouldBe($"No environment is chosen: {estate.Name} has been in none that fits. Choose one where nobody else is at work.");
        var unknown = (await hub.As(Role.DeploymentManager).Send(new SuggestRehearsal(estate.Name, 2, Component: "elsewhere"))).Done();
        (unknown.Plan.Environment, unknown.Why).ShouldBe(("", "No environment is chosen: elsewhere is not among what is listed here."));
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        (await browser.Read($"/models/{estate.Name}/versions/2/rehearse?Input.Versions={estate.Name}@1.1.0")).ShouldContain("has been in none that fits.");
    }

    [Fact]
    public async Task Where_it_was_with_the_model_comes_before_where_the_component_is_and_that_before_what_the_service_uses()
    {
        using var estate = await InTestAsync(Document);
        using var second = await InTestAsync(Document);
        using var third = await InTestAsync(Document);

        await SetVariableAsync(estate.Name, third.Name);
        (await SuggestAsync(estate)).ShouldSatisfyAllConditions(suggested => suggested.Plan.Environment.ShouldBe(third.Name), suggested => suggested.Why.ShouldContain("it is the first of the environments that"));

        await ObserveAsync(estate, second.Name);
        (await SuggestAsync(estate)).ShouldSatisfyAllConditions(suggested => suggested.Plan.Environment.ShouldBe(second.Name), suggested => suggested.Why.ShouldBe($"{second.Name} is chosen: {estate.Name} is there already, on 1 target."));

        var run = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(await estate.PlanAsync()))).Done();
        await hub.WorkOnAsync(run);
        (await SuggestAsync(estate)).ShouldSatisfyAllConditions(
            suggested => suggested.Plan.Environment.ShouldBe(estate.Name), suggested => suggested.Why.ShouldBe($"{estate.Name} is chosen: {estate.Name} was deployed there with this model last, by {run.Split('/')[0]}."));
    }

    [Fact]
    public async Task The_environment_follows_the_component_until_somebody_chooses_another()
    {
        using var estate = await InTestAsync(Document);
        using var other = await InTestAsync(Document);
        await SetVariableAsync(estate.Name, estate.Name);
        await SetVariableAsync(other.Name, other.Name);
        using var browser = await hub.BrowserFor(Role.DeploymentManager);

        (await ChooseAsync(other.Name, estate.Name, proposed: estate.Name)).ShouldContain($"<option value=\"{other.Name}\" selected");
        (await ChooseAsync(other.Name, "", proposed: "")).ShouldContain($"<option value=\"{other.Name}\" selected");
        (await ChooseAsync("", estate.Name, proposed: estate.Name)).ShouldContain($"<option value=\"{estate.Name}\" selected", customMessage: "no component, nothing to follow");
        var kept = await ChooseAsync(other.Name, estate.Name, proposed: "");
        kept.ShouldContain($"<option value=\"{estate.Name}\" selected");
        kept.ShouldNotContain(" is chosen: it is", customMessage: "a person chose it");

        async Task<string> ChooseAsync(string component, string environment, string proposed)
        {
            using var chosen = await browser.Submit(
                $"/models/{estate.Name}/versions/2/rehearse", "Choose", ("Input.Rehearsal", "Pass"), ("Input.Versions", component.Length == 0 ? "" : $"{component}@1.0.0"), ("Input.Environment", environment), ("Proposed", proposed));
            return await chosen.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task A_component_with_many_versions_hides_no_other_and_nothing_is_said_of_how_it_goes_back_but_what_happens()
    {
        using var estate = await InTestAsync(Document);
        using var busy = await InTestAsync(Document);
        foreach (var patch in Enumerable.Range(2, 12)) await busy.RegisterVersionAsync($"1.1.{patch}", $"1.1.{patch}");

        var versions = (await SuggestAsync(estate)).Versions.ToLookup(version => version.Component, version => version.Label);
        versions[estate.Name].ShouldBe(["1.1.0", "1.0.0"]);
        versions[busy.Name].ShouldBe(Enumerable.Range(4, 10).Reverse().Select(patch => $"1.1.{patch}"));

        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        (await browser.Read($"/models/{estate.Name}/versions/2/rehearse?Input.Rehearsal=Rollback&Input.Versions={estate.Name}@1.1.0&Input.Environment={estate.Name}"))
            .ShouldContain("No earlier version is known on t-1: if its run halts once it has touched that target, a rollback is refused, and it is tried again, fixed forward or given up instead. Rehearse a normal pass there first: it leaves a version to return to.");
    }

    [Fact]
    public async Task Models_that_suit_what_is_registered_come_first_and_the_others_behind_a_count()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, change: (_, text) => Task.FromResult(text.Replace("uses: upload, with: { to: package }", "uses: file-release", StringComparison.Ordinal)));
        (await hub.AsSystem.Send(new ListFittingModels(estate.Name))).Done().ShouldHaveSingleItem().Models.Select(model => model.Slug).ShouldContain(estate.Name, "nothing tells what “1.1.0” is");

        await File.WriteAllTextAsync(Path.Combine(estate.Store, "hello.txt"), "hello");
        (await hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(estate.Name, "2.0.0", [new RegisterComponentVersion.Artefact("package", estate.Name, "hello.txt", Domain.Digest.OfText("hello").ToString())]))).Done();
        var row = (await hub.AsSystem.Send(new ListFittingModels(estate.Name))).Done().ShouldHaveSingleItem();

        row.Models.Select(model => model.Slug).ShouldNotContain(estate.Name);
        row.Others.Single(model => model.Slug == estate.Name).Objection.ShouldBe("unpacks an archive, and hello.txt is a single file");
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        (await browser.Read($"/components/{estate.Name}")).ShouldContain("It unpacks an archive, and hello.txt is a single file.");
    }

    private async Task<SuggestRehearsal.View> SuggestAsync(Estate estate) => (await hub.As(Role.DeploymentManager).Send(new SuggestRehearsal(estate.Name, 2, Component: estate.Name))).Done();

    private async Task SetVariableAsync(string service, string environment) =>
        (await hub.As(Role.DeploymentManager).Send(new SetVariable(service, "url", [new Domain.Inventory.ScopedValue("http://localhost", environment)]))).Done();

    /// <summary>Its component was seen on the target of an environment.</summary>
    private async Task ObserveAsync(Estate estate, string environment) =>
        (await hub.As(Role.DeploymentManager).Send(new ReportObservation(environment, "t-1", estate.Name, "1.0.0", "cmdb-scan"))).Done();

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
