using System.Text;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>Documents that name addresses of a real server, which lies inside and was listed as one that links may lead to.</summary>
public sealed class CheckLinksVerifierTests : ExecutorContract
{
    private readonly TestHttp _site = new(context => Task.FromResult(context.Request.RawUrl switch
    {
        "/there" or "/for-get" when context.Request.HttpMethod is "GET" => (200, "yes"),
        "/there" => (200, ""),
        "/members" => (401, ""),
        "/tired" => (503, ""),
        "/for-get" => (405, ""),
        _ => (404, ""),
    }));

    private string _text = "";

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CheckLinks([$"{_site.Url}/gone"]);

    protected override (StepSettings Settings, string[] Words)? Failing => (new CheckLinks(), ["handbook.md names", "/gone, which answers 404"]);

    protected override (StepSettings Settings, string? Process)? Endless => null;

    protected override StepSettings? Telling => null;

    internal override SubjectVersion? Version => Bench.Version("5", ("handbook.md", Encoding.UTF8.GetBytes(_text)));

    [Fact]
    public async Task What_only_members_see_is_there_and_what_may_come_back_cannot_be_told()
    {
        _text = $"{_site.Url}/members {_site.Url}/for-get";
        (await SucceedsAsync(new CheckLinks()))["Links"].ShouldBe("2 of 2 links lead somewhere");

        _text = $"{_site.Url}/tired";
        (await VisitAsync(new CheckLinks())).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("it answers 503");
        _text = "a\0b";
        (await VisitAsync(new CheckLinks())).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("is no text");
    }

    [Fact]
    public async Task Nothing_inside_is_asked_that_nobody_listed()
    {
        _text = $"http://127.0.0.2:{_site.Port}/there";

        (await VisitAsync(new CheckLinks())).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("127.0.0.2 is 127.0.0.2, an internal address");
        _site.Asked.ShouldBeEmpty();
    }

    protected override Task PrepareAsync()
    {
        Bench.Configure("DeployHub:InternalStores", "127.0.0.1");
        _text = $"# Night\nSee [there]({_site.Url}/there) and <{_site.Url}/gone>.";
        return Task.CompletedTask;
    }

    protected override async Task CleanUpAsync() => await _site.DisposeAsync();
}
