using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inbox;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages;

/// <summary>One screenful: what waits for you, what moves or stands still, what happens today, which freezes come.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender, Caller caller, TimeProvider clock) : PageModel
{
    /// <summary>So many of each; the rest is one click away.</summary>
    private const int Most = 5;

    /// <summary>How far ahead freezes are told.</summary>
    private const int Days = 7;

    public ListInbox.View Inbox { get; private set; } = new([], 0, new(0, null));

    public ShowMyWork.View Work { get; private set; } = new([], [], [], [], []);

    public IReadOnlyList<ShowFirstSteps.Step> FirstSteps { get; private set; } = [];

    /// <summary>Freezes that hold in the next seven days, each with its next time.</summary>
    public IReadOnlyList<ShowCalendar.FreezeRow> Freezes { get; private set; } = [];

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    internal TodayStrip Today { get; private set; } = null!;

    public IEnumerable<InboxItem> First => Inbox.Items.Take(Most);

    public int Waiting => Inbox.Items.Count + Inbox.LeftOut;

    public bool MayPlan => caller.May(Permission.PlanDeployments);

    /// <summary>What the lists below the inbox are called, what is in them, and where the rest is.</summary>
    public IEnumerable<(string Title, IReadOnlyList<ShowMyWork.Item> Items, string All)> Sections => new (string Title, IReadOnlyList<ShowMyWork.Item> Items, string All)[]
    {
        ("Halted", Work.Halted, "/deployments?status=Halted"), ("In motion", Work.InMotion, "/deployments?status=InProgress"), ("Next", Work.Next, "/deployments?status=Scheduled"),
        ("Waiting for others", Work.Waiting, "/backlog"), ("Lately", Work.Lately, "/records"),
    }.Where(section => section.Items.Count > 0).Select(section => (section.Title, (IReadOnlyList<ShowMyWork.Item>)[.. section.Items.Take(Most)], section.All));

    public bool IsBlank => FirstSteps.Count == 0 && Waiting == 0 && !Sections.Any();

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Inbox = await sender.Send(new ListInbox(), cancellationToken);
        Work = await sender.Send(new ShowMyWork(), cancellationToken);
        FirstSteps = await sender.Send(new ShowFirstSteps(), cancellationToken);
        var calendar = (await sender.Send(new ShowCalendar(new DateTimeOffset(Now.UtcDateTime.Date, TimeSpan.Zero), Now.AddDays(Days)), cancellationToken)).Value;
        Today = new TodayStrip(calendar, Now);
        Freezes = [.. calendar.Freezes.Where(freeze => freeze.Times.Any(time => time.End > Now)).OrderBy(freeze => freeze.Times.First(time => time.End > Now).Start).Take(Most)];
    }
}
