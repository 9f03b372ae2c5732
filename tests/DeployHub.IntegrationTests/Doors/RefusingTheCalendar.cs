using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Doors;

/// <summary>Windows, freezes and exceptions from them: what both doors refuse (domain §2.2.3, §2.3.1).</summary>
[Collection(nameof(Doors))]
public sealed class RefusingTheCalendar(TestHub hub)
{
    private static readonly string TooLong = new('x', 2001);

    private DateTimeOffset Now => hub.Clock.GetUtcNow();

    [Fact]
    public async Task Windows()
    {
        using var dora = await BothDoors.OfAsync(hub, Role.DeploymentManager);
        var often = string.Join('\n', Enumerable.Range(0, 401).Select(day => $"{new DateOnly(2027, 1, 1).AddDays(day):yyyy-MM-dd}"));
        await dora.RefuseAlikeAsync(
            Defining("A window without a name", "invalid", "Input.Name", new Said { Name = "" }),
            Defining("… with a name of 201 characters", "invalid", "Input.Name", new Said { Name = TooLong[..201] }),
            Defining("… without a reason", "invalid", "Input.Reason", new Said { Reason = "" }),
            Defining("… without an owner", "invalid", "Input.Owner", new Said { Owner = "" }),
            Defining("… in an environment that is not there", "scope.environment-unknown", "Input.Scope.Environment", new Said { Environment = "nowhere" }).Gone(),
            Defining("… for a service that is not there", "scope.service-unknown", "Input.Scope.Service", new Said { Service = "nothing" }),
            Defining("… for a label without a value", "scope.label-malformed", "Input.Scope.Label", new Said { Label = "berlin" }),
            Defining("… without a start", "recurrence.start-missing", "Input.When.Start", new Said { Start = "" }),
            Defining("… without an end", "recurrence.end-missing", "Input.When.End", new Said { End = "" }),
            Defining("… that ends before it starts", "recurrence.ends-before-start", "Input.When.End", new Said { End = "2026-12-07T08:00" }),
            Defining("… that ends when it starts", "recurrence.ends-before-start", "Input.When.End", new Said { End = "2026-12-07T09:00" }),
            Defining("… longer than a year", "recurrence.too-long", "Input.When.End", new Said { Rule = "", End = "2028-12-07T10:00" }),
            Defining("… of another century", "recurrence.start-out-of-range", "Input.When.Start", new Said { Start = "1926-12-07T09:00", End = "1926-12-07T10:00" }),
            Defining("… without a zone", "recurrence.zone-missing", "Input.When.Zone", new Said { Zone = "" }),
            Defining("… in a zone that is not there", "recurrence.zone-unknown", "Input.When.Zone", new Said { Zone = "Mars/Olympus" }),
            Defining("A rule that cannot be read", "recurrence.rule-malformed", "Input.When.Rule", new Said { Rule = "FREQ=SOMETIMES" }),
            Defining("… that says a part twice", "recurrence.rule-malformed", "Input.When.Rule", new Said { Rule = "FREQ=DAILY;FREQ=WEEKLY" }),
            Defining("… that a number stands for", "recurrence.rule-malformed", "Input.When.Rule", new Said { Rule = "FREQ=0" }),
            Defining("… that happens every second and never ends", "recurrence.finer-than-a-day", "Input.When.Rule", new Said { Rule = "FREQ=SECONDLY" }),
            Defining("… that happens every hour", "recurrence.finer-than-a-day", "Input.When.Rule", new Said { Rule = "FREQ=HOURLY" }),
            Defining("… that has a time of its own", "recurrence.time-in-rule", "Input.When.Rule", new Said { Rule = "FREQ=DAILY;BYHOUR=8,20" }),
            Defining("… that never occurs", "recurrence.never-occurs", "Input.When.Rule", new Said { Rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" }),
            Defining("… that ended before it began", "recurrence.never-occurs", "Input.When.Rule", new Said { Rule = "FREQ=DAILY;UNTIL=20251231" }),
            Defining("… whose only day is left out", "recurrence.never-occurs", "Input.When.Rule", new Said { Rule = "FREQ=DAILY;COUNT=1", Except = "2026-12-07" }),
            Defining("… that leaves out too many days", "recurrence.too-many-exceptions", "Input.When.Except", new Said { Rule = "FREQ=DAILY", Except = often }),
            Defining("… that overlaps itself", "recurrence.longer-than-period", "Input.When.End", new Said { Rule = "FREQ=DAILY", End = "2026-12-08T10:00" }));
    }

    [Fact]
    public async Task Changing_and_ending_windows()
    {
        using var dora = await BothDoors.OfAsync(hub, Role.DeploymentManager);
        var manager = hub.As(Role.DeploymentManager);
        var (number, ended) = ((await manager.Send(Daily(null, 1, 2))).Done(), (await manager.Send(Daily(null, 3, 4))).Done());
        (await manager.Send(new EndWindow(ended, "Replaced"))).Done();
        var seen = (await hub.AsSystem.Send(new ShowWindow(number))).Done().RowVersion - 1;
        var (edit, late) = (new Said(), new Said { Seen = seen });

        await dora.RefuseAlikeAsync(
            new("A rule that never occurs", "recurrence.never-occurs", "Input.When.Rule", Change(number, edit with { Rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" }, out var never), never),
            new("No reason", "invalid", "Input.Reason", Change(number, edit with { Reason = "" }, out var mute), mute),
            new("Somebody was quicker", "changed-meanwhile", null, Change(number, late, out var behind), behind),
            new("It was ended", "window.ended", null, Change(ended, edit, out var over), over),
            new("There is none", "window.not-found", null, Change("WIN-1999-000001", edit, out var none), none),
            new("Ending it without a reason", "invalid", "Reason", new($"/calendar/windows/{number}", "End", ("Reason", "")), Request.Post($"/windows/{number}/end", new { reason = "" })),
            new("… with one of 2001 characters", "invalid", "Reason", new($"/calendar/windows/{number}", "End", ("Reason", TooLong)), Request.Post($"/windows/{number}/end", new { reason = TooLong })),
            new Refusal("… twice", "window.ended", null, new($"/calendar/windows/{ended}", "End", ("Reason", "Once more")), Request.Post($"/windows/{ended}/end", new { reason = "Once more" })).Gone());
    }

    [Fact]
    public async Task Freezes()
    {
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        var paul = await hub.PersonFor(Role.DeploymentPractitioner);
        var declared = (await hub.As(Role.DeploymentManager).Send(Frozen(null, 400))).Done();
        var lifted = (await hub.As(Role.ReleaseManager).Send(Frozen(null, 420))).Done();
        (await hub.As(Role.ReleaseManager).Send(new LiftFreeze(lifted, "Not needed"))).Done();

        await mia.RefuseAlikeAsync(
            Declaring("A freeze without a name", "invalid", "Input.Name", new Said { Name = "" }),
            Declaring("… without a reason", "invalid", "Input.Reason", new Said { Reason = "" }),
            Declaring("… in a zone that is not there", "recurrence.zone-unknown", "Input.When.Zone", new Said { Zone = "Mars/Olympus" }),
            Declaring("… that never occurs", "recurrence.never-occurs", "Input.When.Rule", new Said { Rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" }),
            Declaring("… that is over", "freeze.over", "Input.When.End", new Said { Rule = "", Start = "2020-12-07T09:00", End = "2020-12-07T10:00" }),
            Declaring("… whose exceptions nobody decides", "freeze.approver-unknown", "Input.ApproverEmail", new Said { Approver = "nobody@test.example" }),
            Declaring("… whose exceptions somebody decides who may not", "freeze.approver-may-not-decide", "Input.ApproverEmail", new Said { Approver = paul.Email }),
            Declaring("… whose exceptions two decide", "invalid", "Input.ApproverQuality", new Said { Approver = paul.Email, Quality = "Peer" }),
            new("Lifting without a reason", "invalid", "Reason", new($"/calendar/freezes/{declared}", "Lift", ("Reason", "")), Request.Post($"/freezes/{declared}/lift", new { reason = "" })),
            new("Lifting what others declared", "freeze.not-yours", null, new($"/calendar/freezes/{declared}", "Lift", ("Reason", "It is in my way")), Request.Post($"/freezes/{declared}/lift", new { reason = "It is in my way" })),
            new Refusal("Lifting twice", "freeze.cannot-move", null, new($"/calendar/freezes/{lifted}", "Lift", ("Reason", "Again")), Request.Post($"/freezes/{lifted}/lift", new { reason = "Again" })).Gone());
    }

    [Fact]
    public async Task Whoever_does_not_own_the_calendar()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        using var peer = await BothDoors.OfAsync(hub, await hub.NewPerson("Peer", new RoleGrant(Role.Approver, ApproverQuality.Peer)));
        using var paul = await BothDoors.OfAsync(hub, Role.DeploymentPractitioner);

        await peer.RefuseAlikeAsync(Defining("A peer for an environment of others", "calendar.not-the-owner", null, new Said { Environment = estate.Name }));
        await paul.RefuseAlikeAsync(Defining("A practitioner", "access.not-permitted", null, new Said { Environment = estate.Name }), Declaring("… who freezes", "access.not-permitted", null, new Said { Environment = estate.Name }));
    }

    [Fact]
    public async Task Asking_for_exceptions_from_freezes()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        var (number, over) = (await estate.PlanAsync(), await estate.PlanAsync("1.1.0"));
        var freeze = (await hub.As(Role.DeploymentManager).Send(Frozen(estate.Name, 0))).Done();
        var exempt = (await hub.As(Role.DeploymentManager).Send(Frozen(estate.Name, 0) with { Exempt = [ChangeCategory.Normal] })).Done();
        var asked = (await hub.As(Role.DeploymentManager).Send(Frozen(estate.Name, 0))).Done();
        (await hub.As(Role.ReleaseManager).Send(new RequestFreezeException(number, asked, "Due", "A fine", "Paul", 5, Now.AddHours(2)))).Done();
        (await hub.As(Role.ReleaseManager).Send(new CancelDeployment(over, "Not needed"))).Done();

        await mia.RefuseAlikeAsync(
            Asking("No freeze", "invalid", "Input.Freeze", number, ""),
            Asking("No reason", "invalid", "Input.Justification", number, freeze, why: ""),
            Asking("No cost of waiting", "invalid", "Input.Impact", number, freeze, impact: ""),
            Asking("Nobody on call", "invalid", "Input.OnCall", number, freeze, onCall: ""),
            Asking("A rollback that takes longer than a week", "invalid", "Input.RollbackMinutes", number, freeze, rollback: 10_081),
            Asking("No end", "invalid", "Input.Until", number, freeze, hours: null),
            Asking("An end that has passed", "freeze-exception.until-past", "Input.Until", number, freeze, hours: -1),
            Asking("An end after the freeze", "freeze-exception.until-after-freeze", "Input.Until", number, freeze, hours: 24 * 30),
            Asking("A freeze that is not in the way", "freeze-exception.freeze-unknown", "Input.Freeze", number, "FRZ-1999-000001").Gone(),
            Asking("A freeze that lets it pass", "freeze-exception.not-needed", "Input.Freeze", number, exempt).Gone(),
            Asking("Twice", "freeze-exception.one-at-a-time", null, number, asked).Gone(),
            Asking("For what is over", "freeze-exception.deployment-over", null, over, freeze).Gone(),
            Asking("For nothing", "deployment.not-found", null, "DEP-1999-000001", freeze));
    }

    [Fact]
    public async Task Deciding_about_exceptions()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var both = await hub.NewPerson("Both", [new RoleGrant(Role.ReleaseManager), .. Enum.GetValues<ApproverQuality>().Select(quality => new RoleGrant(Role.Approver, quality))]);
        using var ana = await BothDoors.OfAsync(hub, Role.Approver);
        using var dora = await BothDoors.OfAsync(hub, Role.DeploymentManager);
        using var asker = await BothDoors.OfAsync(hub, both);
        var number = await estate.PlanAsync();
        async Task<string> AskedAsync(string plan) => (await hub.As(both).Send(new RequestFreezeException(plan, (await hub.As(Role.DeploymentManager).Send(Frozen(estate.Name, 0))).Done(), "Due", "A fine", "Paul", 5, Now.AddHours(2)))).Done();
        var (exception, granted) = (await AskedAsync(number), await AskedAsync(number));
        (await hub.As(Role.Approver).Send(new GrantFreezeException(granted, Now.AddHours(1)))).Done();

        await ana.RefuseAlikeAsync(
            Granting("No end", "invalid", "Until", exception, null),
            Granting("An end that has passed", "freeze-exception.until-past", "Until", exception, -1),
            Granting("An end after the freeze", "freeze-exception.until-after-freeze", "Until", exception, 24 * 30),
            Granting("A condition of 1001 characters", "invalid", "Condition", exception, 1, TooLong[..1001]),
            new("Refusing without a reason", "invalid", "Reason", new($"/calendar/exceptions/{exception}", "Refuse", ("Reason", ""), ("Condition", "Paul stays")), Request.Post($"/freeze-exceptions/{exception}/refuse", new { reason = "" })),
            Granting("Granting twice", "freeze-exception.cannot-move", null, granted, 1).Gone());
        await dora.RefuseAlikeAsync(
            Granting("Somebody else's", "freeze-exception.not-the-approver", null, exception, 1).Gone(),
            new Refusal("A condition that is not owed", "freeze-exception.no-condition", null, new($"/deployments/{number}/conditions", "Meet", ("Input.Condition", granted), ("Input.Note", "Done")), Request.Post($"/deployments/{number}/conditions/{granted}/met", new { note = "Done" })).Gone());
        await asker.RefuseAlikeAsync(Granting("One's own", "SOD-4", null, exception, 1).Gone());

        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.1.0"), "Another version"))).Done();
        await ana.RefuseAlikeAsync(Granting("The plan was edited", "freeze-exception.cannot-move", null, exception, 1).Gone());
    }

    /// <summary>02:30 does not exist on the last Sunday of March in Berlin, and exists twice on that of October (domain Appendix A).</summary>
    [Theory]
    [InlineData("2020-03-29", 3, "01:30", "01:45")]
    [InlineData("2020-10-25", 10, "00:30", "01:45")]
    public async Task Both_doors_say_the_same_of_times_in_the_gap_and_in_the_fold(string day, int month, string from, string to)
    {
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        var said = new Said { Start = $"{day}T02:30", End = $"{day}T02:45", Zone = "Europe/Berlin", Rule = $"FREQ=YEARLY;BYMONTH={month};BYDAY=-1SU" };
        using var shown = await browser.Submit("/calendar/windows/new", "Preview", said.Fields);
        var asked = await browser.Client.GetAsync($"/api/v1/calendar/recurrence?start={said.Start}&end={said.End}&zone=Europe/Berlin&rule={Uri.EscapeDataString(said.Rule)}").Json();

        var first = asked.GetProperty("times").EnumerateArray().First();
        var (start, end) = (first.GetProperty("start").GetDateTimeOffset(), first.GetProperty("end").GetDateTimeOffset());
        ($"{start.UtcDateTime:HH:mm}", $"{end.UtcDateTime:HH:mm}").ShouldBe((from, to));
        (await shown.Content.ReadAsStringAsync()).ShouldContain($"{start:ddd yyyy-MM-dd HH:mm} to {end:ddd yyyy-MM-dd HH:mm} UTC");
    }

    [Fact]
    public async Task A_rule_that_never_ends_is_kept_and_says_so_at_both_doors()
    {
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        using var defined = await browser.Submit("/calendar/windows/new", "Define", new Said { Rule = "FREQ=DAILY" }.Fields);
        var address = defined.Headers.Location!.ToString();

        (await browser.Read(address)).ShouldContain("it never ends by itself");
        (await browser.Client.GetAsync($"/api/v1/windows/{address.Split('/')[^1]}").Json()).GetProperty("window").GetProperty("isEndless").GetBoolean().ShouldBeTrue();
    }

    private static Refusal Defining(string wrong, string code, string? field, Said said) =>
        new(wrong, code, field, new("/calendar/windows/new", "Define", said.Fields), Request.Post("/windows", new { name = said.Name, reason = said.Reason, owner = said.Owner, scope = said.Where, when = said.When }));

    private static Form Change(string number, Said said, out Request request)
    {
        request = Request.Put($"/windows/{number}", new { name = said.Name, reason = said.Reason, owner = said.Owner, when = said.When }, said.Seen);
        return new($"/calendar/windows/{number}/edit", "Change", [.. said.Fields.Where(sent => !sent.Item1.StartsWith("Input.Scope", StringComparison.Ordinal))]);
    }

    private static Refusal Declaring(string wrong, string code, string? field, Said said) => new(
        wrong, code, field, new("/calendar/freezes/new", "Declare", [.. said.Fields.Where(sent => sent.Item1 is not "Input.Owner").Select(Everywhere), ("Input.ApproverQuality", said.Quality), ("Input.ApproverEmail", said.Approver)]),
        Request.Post("/freezes", new { name = said.Name, reason = said.Reason, scope = said.Where, when = said.When, approverQuality = Said.OrNull(said.Quality), approverEmail = Said.OrNull(said.Approver) }));

    /// <summary>On the page every environment is a choice of its own.</summary>
    private static (string, string) Everywhere((string Field, string Value) sent) => sent is ("Input.Scope.Environment", "") ? (sent.Field, "*") : sent;

    private Refusal Asking(string wrong, string code, string? field, string number, string freeze, string why = "The file is due", string impact = "A fine", string onCall = "Paul until 20:00", int? rollback = 6, int? hours = 2)
    {
        var until = hours is { } ahead ? Minute(ahead) : (DateTimeOffset?)null;
        return new(
            wrong, code, field,
            new($"/deployments/{number}/exceptions/new", null, ("Input.Freeze", freeze), ("Input.Justification", why), ("Input.Impact", impact), ("Input.OnCall", onCall), ("Input.RollbackMinutes", $"{rollback}"), ("Input.Until", $"{until:yyyy-MM-ddTHH:mm}")),
            Request.Post("/freeze-exceptions", new { deployment = number, freeze, justification = why, impact, onCall, rollbackMinutes = rollback, until }));
    }

    private Refusal Granting(string wrong, string code, string? field, string exception, int? hours, string condition = "Paul stays online")
    {
        var until = hours is { } ahead ? Minute(ahead) : (DateTimeOffset?)null;
        return new(
            wrong, code, field, new($"/calendar/exceptions/{exception}", "Grant", ("Until", $"{until:yyyy-MM-ddTHH:mm}"), ("Condition", condition), ("Reason", "It is fine")),
            Request.Post($"/freeze-exceptions/{exception}/grant", new { until, condition, reason = "It is fine" }));
    }

    private DateTimeOffset Minute(int hours) => new(Now.UtcDateTime.Date.AddHours(Now.Hour + hours), TimeSpan.Zero);

    private static DefineWindow Daily(string? environment, int from, int to) => new(
        "Hours", "The team is at work", "Dora", new ScopeInput { Environment = environment },
        new RecurrenceInput { Start = new DateTime(2026, 1, 1, from, 0, 0), End = new DateTime(2026, 1, 1, to, 0, 0), Zone = "UTC", Rule = "FREQ=DAILY" });

    private DeclareFreeze Frozen(string? environment, int days) => new(
        "Closing", "The books are closed", new ScopeInput { Environment = environment },
        new RecurrenceInput { Start = Now.Date.AddDays(days - 1), End = Now.Date.AddDays(days + 9), Zone = "UTC" });

    /// <summary>What is typed about a window or a freeze, right but for what a row says.</summary>
    private sealed record Said
    {
        public string Name { get; init; } = "Nights";

        public string Reason { get; init; } = "Nobody works then";

        public string Owner { get; init; } = "Dora";

        public string Environment { get; init; } = "";

        public string Service { get; init; } = "";

        public string Label { get; init; } = "";

        public string Start { get; init; } = "2026-12-07T09:00";

        public string End { get; init; } = "2026-12-07T10:00";

        public string Zone { get; init; } = "Europe/Stockholm";

        public string Rule { get; init; } = "FREQ=WEEKLY;BYDAY=MO";

        public string Except { get; init; } = "";

        public string Quality { get; init; } = "";

        public string Approver { get; init; } = "";

        public uint? Seen { get; init; }

        public object Where => new { environment = OrNull(Environment), service = OrNull(Service), label = OrNull(Label) };

        public object When => new { start = OrNull(Start), end = OrNull(End), zone = Zone, rule = OrNull(Rule), except = Except.Split('\n', StringSplitOptions.RemoveEmptyEntries) };

        public (string, string)[] Fields =>
        [
            ("Input.Name", Name), ("Input.Reason", Reason), ("Input.Owner", Owner), ("Input.Scope.Environment", Environment), ("Input.Scope.Service", Service), ("Input.Scope.Label", Label), ("Input.When.Start", Start),
            ("Input.When.End", End), ("Input.When.Zone", Zone), ("Input.When.Repeats", Rule.Length == 0 ? "Once" : "ByRule"), ("Input.When.Rule", Rule), ("Input.When.Except", Except), ("Input.Seen", $"{Seen}"),
        ];

        public static string? OrNull(string text) => text.Length == 0 ? null : text;
    }
}
