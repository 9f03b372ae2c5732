using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Features.Deployments;
using DeployHub.Features.Models.Analysis;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Deployments;

/// <summary>A plan that leaves the bounds of its model: with a reason, and only once a deployment manager agrees.</summary>
public sealed class DeviatingFromAModel(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Outside_of_the_bounds_page_and_API_ask_for_the_reason_and_lose_nothing()
    {
        using var estate = await BoundedAsync();
        using var mia = await hub.ClientFor(Role.ReleaseManager);

        var refused = await mia.PostAsJsonAsync("/api/v1/deployments", new { plan = PlanOf(estate, "40") }).Problem(HttpStatusCode.BadRequest, "parameter.out-of-bounds");
        var sentence = refused.GetProperty("errors").GetProperty("plan.parameters.many")[0].GetString()!;
        sentence.ShouldBe("The parameter many must lie between 1 and 20. To leave that in this plan, say why: a deployment manager then has to approve it.");
        await mia.PostAsJsonAsync("/api/v1/deployments", new { plan = PlanOf(estate, "several", "Why not") }).Problem(HttpStatusCode.BadRequest, "parameter.out-of-bounds");
        await mia.PostAsJsonAsync("/api/v1/deployments", new { plan = PlanOf(estate, "12", "Why not") }).Problem(HttpStatusCode.BadRequest, "plan.deviation-needless");

        using var browser = await hub.BrowserFor(Role.ReleaseManager);
        using var page = await browser.Submit(
            "/deployments/new", "save", ("Input.Environment", estate.Name), ("Input.Versions", $"{estate.Name}@1.0.0"), ("Input.Model", estate.Name),
            ("Input.Parameters[many]", "40"), ("Input.Title", "Typed by hand"));
        var shown = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
        shown.ShouldContain(sentence);
        shown.ShouldContain("value=\"40\"");
        shown.ShouldContain("Typed by hand");
    }

    [Fact]
    public async Task It_waits_for_a_deployment_manager_and_is_counted()
    {
        using var estate = await BoundedAsync();
        var manager = await hub.PersonFor(Role.DeploymentManager);
        foreach (var place in Enumerable.Range(0, 5))
        {
            var input = estate.Plan("1.0.0") with { DeployAgain = true, Parameters = new Dictionary<string, string> { ["many"] = place == 0 ? "40" : "12" } };
            if (place == 0) input = input with { Deviations = new Dictionary<string, string> { ["many"] = "Half of them are drained." } };
            var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(input))).Done();
            (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
            var seen = await ShownAsync(number);
            seen.Status.ShouldBe(place == 0 ? DeploymentStatus.InReview : DeploymentStatus.Scheduled);
            if (place > 0) continue;

            (await hub.As(Role.Approver).Send(new ApproveDeployment(number, seen.PlanDigest.ToString()))).Error!.Message.ShouldContain("a deployment manager who did not plan it");
            (await hub.As(manager).Send(new ApproveDeployment(number, seen.PlanDigest.ToString()))).Done();
            (await ShownAsync(number)).Status.ShouldBe(DeploymentStatus.Scheduled);
            using var browser = await hub.BrowserFor(Role.Approver);
            (await browser.Read($"/deployments/{number}")).ShouldContain("Half of them are drained.");
        }

        var analysed = (await hub.As(manager).Send(new AnalyseModel(estate.Name))).Done();
        analysed.Found.Single(signal => signal.Code is SignalCode.S3).Sentence.ShouldBe("1 of 5 plans (20 %) leave what the model allows.");
    }

    private static object PlanOf(Estate estate, string many, string? reason = null) => new
    {
        environment = estate.Name,
        versions = new[] { $"{estate.Name}@1.0.0" },
        model = estate.Name,
        parameters = new Dictionary<string, string> { ["many"] = many },
        deviations = reason is null ? [] : new Dictionary<string, string> { ["many"] = reason },
    };

    private async Task<ShowDeployment.View> ShownAsync(string number) => (await hub.AsSystem.Send(new ShowDeployment(number))).Done();

    private Task<Estate> BoundedAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "echo ${parameter.many}"), change: (_, document) =>
        Task.FromResult(document.Replace("stages:", "parameters:\n  many: { type: Integer, default: 10, mutability: Bounded, minimum: 1, maximum: 20, description: How many at a time. }\nstages:", StringComparison.Ordinal)));
}
