using System.Net;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Deployments.Templates;
using DeployHub.Features.Inventory;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Doors;

/// <summary>Plans, their slots, relations, templates and places in the backlog: what both doors refuse (domain §2.2.2, §2.2.3).</summary>
[Collection(nameof(Doors))]
public sealed class RefusingPlans(TestHub hub)
{
    private static readonly string TooLong = new('x', 4001);

    private DateTimeOffset Now => hub.Clock.GetUtcNow();

    [Fact]
    public async Task Plans()
    {
        using var estate = await LiveAsync();
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        var over = await estate.PlanAsync();
        (await hub.As(Role.ReleaseManager).Send(new CancelDeployment(over, "Not needed"))).Done();
        var said = new Said(estate.Name);

        await mia.RefuseAlikeAsync(
            Planning("No environment", "invalid", "Input.Environment", said with { Environment = "", Target = "" }),
            Planning("An environment that is not there", "plan.environment-unknown", "Input.Environment", said with { Environment = "nowhere" }).Gone(),
            Planning("No version", "invalid", "Input.Versions", said with { Version = "" }),
            Planning("A version without its component", "invalid", "Input.Versions", said with { Version = "1.0.0" }).Gone() with { ApiField = "plan.versions[0]" },
            Planning("A version that is not there", "plan.version-unknown", "Input.Versions", said with { Version = $"{estate.Name}@9.9.9" }).Gone(),
            Planning("No model", "invalid", "Input.Model", said with { Model = "" }),
            Planning("A model that is not there", "plan.model-unknown", "Input.Model", said with { Model = "nothing" }).Gone(),
            Planning("A target that is not there", "plan.target-unknown", "Input.Targets", said with { Target = "t-99" }).Gone(),
            Planning("A change that is none", "invalid", "Input.ChangeReference", said with { Change = "no reference" }),
            Planning("An incident that is none", "invalid", "Input.Incident", said with { Category = "Emergency", Incident = "no incident" }),
            Planning("A severity of 9", "invalid", "Input.IncidentSeverity", said with { Category = "Emergency", Incident = "INC-77", Severity = 9 }),
            Planning("A title of 201 characters", "invalid", "Input.Title", said with { Title = TooLong[..201] }),
            Planning("A description of 4001 characters", "invalid", "Input.Description", said with { Description = TooLong }),
            Planning("A slot that ends before it starts", "invalid", "Input.SlotEnd", said.At(Now.AddDays(2), Now.AddDays(1))),
            Planning("A slot without an end", "invalid", "Input.SlotEnd", said.At(Now.AddDays(2), null)),
            Planning("A slot without a start", "invalid", "Input.SlotEnd", said.At(null, Now.AddDays(2))),
            Planning("A slot in the year 9999", "invalid", "Input.SlotEnd", said.At(Now.AddDays(2), new DateTimeOffset(9999, 12, 30, 0, 0, 0, TimeSpan.Zero))),
            Planning("By itself at no slot", "invalid", "Input.SlotStart", said with { Start = "AtSlot" }),
            Planning("After what is not there", "relation.unknown", "Input.After", said with { After = "DEP-1999-000001" }),
            Planning("After what was cancelled", "relation.in-vain", "Input.After", said with { After = over }));
    }

    [Fact]
    public async Task Edits()
    {
        using var estate = await LiveAsync();
        using var other = await LiveAsync();
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        var (first, second) = (await estate.PlanAsync(), await DraftAsync(estate, "1.1.0"));
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(second, estate.Plan("1.1.0") with { After = [new PredecessorInput(first)] }, "Second"))).Done();
        var (said, frozen) = (new Said(estate.Name) { Title = "Kept" }, await estate.PlanAsync());
        await CloseAsync(estate, 13, 15);

        await mia.RefuseAlikeAsync(
            Editing("Without a title", "invalid", "Input.Title", first, said with { Title = "" }),
            Editing("To another environment", "deployment.environment-fixed", "Input.Environment", first, said with { Environment = other.Name }).Gone(),
            Editing("To another service", "deployment.service-fixed", "Input.Versions", first, said with { Version = $"{other.Name}@1.0.0" }).Gone(),
            Editing("After itself", "relation.circle", "Input.After", first, said with { After = first }),
            Editing("In a circle", "relation.circle", "Input.After", first, said with { After = second }),
            Editing("By itself at no slot", "invalid", "Input.SlotStart", first, said with { Start = "AtSlot" }),
            Editing("Into a time when production is closed", "WindowClosed", null, frozen, said.At(Tomorrow(9), Tomorrow(10))),
            Editing("To a slot longer than the window", "WindowClosed", null, frozen, said.At(Tomorrow(13), Tomorrow(16))),
            Editing("To what could not be submitted", "emergency.needs-reference", "Input.Incident", frozen, said with { Category = "Emergency" }),
            Editing("Somebody was quicker", "changed-meanwhile", null, frozen, said with { Seen = 1 }),
            Editing("What is not there", "deployment.not-found", null, "DEP-1999-000001", said));
    }

    [Fact]
    public async Task Submissions()
    {
        using var estate = await LiveAsync();
        using var strict = await LiveAsync();
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        using var auditor = await BothDoors.OfAsync(hub, Role.Auditor);
        await CloseAsync(estate, 13, 15);
        (await hub.As(Role.DeploymentManager).Send(new SetEnvironmentPolicy(strict.Name, 0, 5, ChangeReferenceRequired: true))).Done();
        PlanInput At(DateTimeOffset start, DateTimeOffset end) => estate.Plan("1.0.0") with { SlotStart = start, SlotEnd = end };

        await mia.RefuseAlikeAsync(
            Submitting("A slot longer than the window", "WindowClosed", await DraftAsync(At(Tomorrow(13), Tomorrow(16)))),
            Submitting("A slot outside of the window", "WindowClosed", await DraftAsync(At(Tomorrow(9), Tomorrow(10)))),
            Submitting("A slot six years ahead", "slot.too-far", await DraftAsync(At(Now.AddYears(6), Now.AddYears(6).AddHours(1)))),
            Submitting("An emergency for nothing", "emergency.needs-reference", await DraftAsync(estate.Plan("1.0.0") with { Category = ChangeCategory.Emergency })),
            Submitting("A standard change that no model allows", "deployment.standard-not-authorised", await DraftAsync(estate.Plan("1.0.0") with { Category = ChangeCategory.Standard })),
            Submitting("No change where the policy asks for one", "deployment.change-reference-missing", await DraftAsync(strict.Plan("1.0.0"))),
            Submitting("Twice", "deployment.cannot-move", await estate.PlanAsync()),
            Submitting("What is not there", "deployment.not-found", "DEP-1999-000001"));
        await auditor.RefuseAlikeAsync(Submitting("An auditor", "access.not-permitted", await DraftAsync(estate, "1.0.0")));
    }

    [Fact]
    public async Task Moving_slots()
    {
        using var estate = await LiveAsync();
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        await CloseAsync(estate, 13, 15);
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = Tomorrow(13), SlotEnd = Tomorrow(14) }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        var over = await DraftAsync(estate, "1.1.0");
        (await hub.As(Role.ReleaseManager).Send(new CancelDeployment(over, "Not needed"))).Done();

        await mia.RefuseAlikeAsync(
            Moving("No reason", "invalid", "Reason", number, Tomorrow(14), Tomorrow(15), ""),
            Moving("A reason of 2001 characters", "invalid", "Reason", number, Tomorrow(14), Tomorrow(15), TooLong[..2001]),
            Moving("An end before its start", "invalid", "SlotEnd", number, Tomorrow(14), Tomorrow(13)),
            Moving("No end", "invalid", "SlotEnd", number, Tomorrow(14), null),
            Moving("The year 1990", "invalid", "SlotStart", number, new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.Zero), Tomorrow(13)),
            Moving("Longer than the window", "WindowClosed", null, number, Tomorrow(13), Tomorrow(16)),
            Moving("When it is closed", "WindowClosed", null, number, Tomorrow(9), Tomorrow(10)),
            Moving("Six years ahead", "slot.too-far", "SlotEnd", number, Now.AddYears(6), Now.AddYears(6).AddHours(1)),
            Moving("What is over", "deployment.not-editable", null, over, Tomorrow(13), Tomorrow(14)),
            Moving("What is not there", "deployment.not-found", null, "DEP-1999-000001", Tomorrow(13), Tomorrow(14)));
    }

    [Fact]
    public async Task Taking_back_and_accepting_clashes()
    {
        using var estate = await LiveAsync();
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        var slot = estate.Plan("1.0.0") with { SlotStart = Tomorrow(13), SlotEnd = Tomorrow(14) };
        var (number, same, apart) = (await DraftAsync(slot), await DraftAsync(slot with { Versions = [$"{estate.Name}@1.1.0"] }), await DraftAsync(estate, "1.0.0"));
        var beside = await DraftAsync(slot with { Versions = [$"{await AnotherComponentAsync(estate)}@1.0.0"] });
        foreach (var promised in new[] { same, beside }) (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(promised))).Done();
        var over = await DraftAsync(estate, "1.1.0");
        (await hub.As(Role.ReleaseManager).Send(new CancelDeployment(over, "Not needed"))).Done();

        await mia.RefuseAlikeAsync(
            Ending("Recalling without a reason", "invalid", "RecallReason", same, "Recall", "recall", ""),
            Ending("Recalling a draft", "deployment.cannot-move", null, number, "Recall", "recall", "Wrong version").Gone(),
            Ending("Cancelling without a reason", "invalid", "RecallReason", number, "Cancel", "cancellation", ""),
            Ending("Cancelling for 2001 characters", "invalid", "RecallReason", number, "Cancel", "cancellation", TooLong[..2001]),
            Ending("Cancelling twice", "deployment.cannot-move", null, over, "Cancel", "cancellation", "Again").Gone(),
            Clashing("The same lock", "clash.same-lock", null, number, same, "We sit together").Gone(),
            Clashing("No clash", "clash.none", null, number, apart, "We sit together").Gone(),
            Clashing("No reason", "invalid", "clash-reason", number, beside, "") with { ApiField = "reason" },
            Clashing("2001 characters", "invalid", "clash-reason", number, beside, TooLong[..2001]) with { ApiField = "reason" },
            Clashing("Nothing named", "invalid", null, number, "", "We sit together").Gone());
    }

    [Fact]
    public async Task Templates_and_the_backlog()
    {
        using var estate = await LiveAsync();
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        var (number, key, over) = (await estate.PlanAsync(), TestHub.Unique("weekly"), await DraftAsync(estate, "1.1.0"));
        (await hub.As(Role.ReleaseManager).Send(new SavePlanTemplate(key, "Weekly", number))).Done();
        (await hub.As(Role.ReleaseManager).Send(new EndPlanTemplate(key))).Done();
        (await hub.As(Role.ReleaseManager).Send(new CancelDeployment(over, "Not needed"))).Done();
        var slots = (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Approvals;
        (await hub.As(Role.ReleaseManager).Send(new NudgeApprover(number, slots[0].Number))).Done();

        await mia.RefuseAlikeAsync(
            Template("A template without a key", "invalid", "Template.Key", number, "", "Weekly"),
            Template("… with a key that is none", "invalid", "Template.Key", number, "Our Weekly!", "Weekly"),
            Template("… without a name", "invalid", "Template.Name", number, "weekly-release", ""),
            Template("… with the key of an ended one", "plan-template.key-taken", "Template.Key", number, key, "Weekly"),
            new("Ending one twice", "plan-template.ended", null, new($"/deployments/new?key={key}", "EndTemplate"), Request.Post($"/plan-templates/{key}/end")),
            new("Ending one that is not there", "plan-template.not-found", null, new("/deployments/new?key=nothing", "EndTemplate"), Request.Post("/plan-templates/nothing/end")),
            Priority("A priority without a reason", "invalid", "Reason", number, ""),
            Priority("… for 2001 characters", "invalid", "Reason", number, TooLong[..2001]),
            Priority("… of what is over", "deployment.is-over", null, over, "It matters").Gone(),
            Nudging("A reminder that was sent already", "approval.nudged-already", number, slots[0].Number),
            Nudging("… about no approval", "approval.not-pending", number, 99));
    }

    /// <summary>Nothing is refused: a run may start, and waits.</summary>
    [Fact]
    public async Task Of_two_on_the_last_lock_the_second_waits_and_both_doors_name_who_holds_it()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);
        var (first, second) = (await estate.PlanAsync(), await estate.PlanAsync("1.1.0"));
        using (var started = await browser.Submit($"/deployments/{first}", "Start")) started.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var api = await browser.ForApiAsync();
        (await api.PostAsync($"/api/v1/deployments/{second}/runs", null).Json()).GetProperty("key").GetString().ShouldBe($"{second}/R1");

        await hub.WorkOnAsync($"{first}/R1", (target, _) => target.Stage is Stage.Execute ? new StepOutcome.Failed("The host is away") : StepOutcome.Succeeded.Plain);
        await hub.WorkOnAsync($"{second}/R1");

        var sentence = $"{first}/R1 is executing in this environment; this run goes on when it has ended.";
        (await api.GetAsync($"/api/v1/deployments/{second}/runs/1").Json()).GetProperty("waitingSentence").GetString().ShouldBe(sentence);
        (await browser.Read($"/deployments/{second}/runs/1")).ShouldContain(sentence);
    }

    private static Refusal Planning(string wrong, string code, string? field, Said said) => new(wrong, code, field, new("/deployments/new", "Save", said.Fields), Request.Post("/deployments", new { plan = said.Plan, title = said.Title, description = said.Description }));

    private static Refusal Editing(string wrong, string code, string? field, string number, Said said) =>
        new(wrong, code, field, new($"/deployments/{number}/edit", null, [.. said.Fields, ("Input.Seen", $"{said.Seen}")]), Request.Put($"/deployments/{number}", new { plan = said.Plan, title = said.Title, description = said.Description }, said.Seen));

    private static Refusal Submitting(string wrong, string code, string number) => new(wrong, code, null, new($"/deployments/{number}", "Submit"), Request.Post($"/deployments/{number}/submission"));

    private static Refusal Moving(string wrong, string code, string? field, string number, DateTimeOffset? start, DateTimeOffset? end, string reason = "The partner is late") => new(
        wrong, code, field, new("/calendar", "Move", ("Move", number), ("SlotStart", $"{start:yyyy-MM-ddTHH:mm}"), ("SlotEnd", $"{end:yyyy-MM-ddTHH:mm}"), ("Reason", reason)),
        Request.Put($"/deployments/{number}/slot", new { slotStart = Said.Minute(start), slotEnd = Said.Minute(end), reason }));

    private static Refusal Ending(string wrong, string code, string? field, string number, string handler, string move, string reason) =>
        new(wrong, code, field, new($"/deployments/{number}", handler, ("RecallReason", reason)), Request.Post($"/deployments/{number}/{move}", new { reason }));

    private static Refusal Clashing(string wrong, string code, string? field, string number, string with, string reason) =>
        new(wrong, code, field, new($"/deployments/{number}", "AcceptClash", ("With", with), ("Reason", reason)), Request.Post($"/deployments/{number}/accepted-clashes", new { with, reason }));

    private static Refusal Template(string wrong, string code, string field, string number, string key, string name) =>
        new(wrong, code, field, new($"/deployments/{number}", "MakeTemplate", ("Template.Key", key), ("Template.Name", name)), Request.Post("/plan-templates", new { key, name, deployment = number }));

    private static Refusal Priority(string wrong, string code, string? field, string number, string reason) =>
        new(wrong, code, field, new("/backlog", "Prioritise", ("Number", number), ("Priority", "High"), ("Reason", reason)), Request.Put($"/deployments/{number}/priority", new { priority = "High", reason }));

    private static Refusal Nudging(string wrong, string code, string number, int approval) =>
        new Refusal(wrong, code, null, new("/backlog", "Nudge", ("Number", number), ("Approval", $"{approval}")), Request.Post($"/deployments/{number}/approvals/{approval}/nudge")).Gone();

    private DateTimeOffset Tomorrow(int hour) => new(Now.UtcDateTime.Date.AddDays(1).AddHours(hour), TimeSpan.Zero);

    private Task<Estate> LiveAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);

    private Task<string> DraftAsync(Estate estate, string label) => DraftAsync(estate.Plan(label));

    private async Task<string> DraftAsync(PlanInput plan) => (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(plan))).Done();

    /// <summary>On the same targets, so that the two get in each other's way.</summary>
    private async Task<string> AnotherComponentAsync(Estate estate)
    {
        var key = TestHub.Unique("beside");
        (await hub.As(Role.DeploymentManager).Send(new RegisterComponent(estate.Name, key, key, ComponentKind.Software))).Done();
        (await hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(key, "1.0.0", [new RegisterComponentVersion.Artefact("package", estate.Name, "1.0.0", Digest.OfText("1.0.0").ToString())]))).Done();
        return key;
    }

    /// <summary>Open every day from one hour to another, and no longer.</summary>
    private async Task CloseAsync(Estate estate, int from, int to)
    {
        var always = (await hub.AsSystem.Send(new ListWindows(estate.Name))).Rows.Single(row => row.Scope.Environment == estate.Name);
        (await hub.As(Role.DeploymentManager).Send(new EndWindow(always.Number, "Replaced"))).Done();
        (await hub.As(Role.DeploymentManager).Send(new DefineWindow(
            "Hours", "The team is at work", "Dora", new ScopeInput { Environment = estate.Name },
            new RecurrenceInput { Start = new DateTime(2026, 1, 1, from, 0, 0), End = new DateTime(2026, 1, 1, to, 0, 0), Zone = "UTC", Rule = "FREQ=DAILY" }))).Done();
    }

    /// <summary>What is typed about a plan, right but for what a row says.</summary>
    /// <param name="Environment">Its key; component and model are called after it.</param>
    private sealed record Said(string Environment)
    {
        public string Version { get; init; } = $"{Environment}@1.0.0";

        public string Model { get; init; } = Environment;

        public string Target { get; init; } = "t-1";

        public string Category { get; init; } = "Normal";

        public string Change { get; init; } = "CHG0031234";

        public string? Incident { get; init; }

        public int? Severity { get; init; }

        public string Start { get; init; } = "ByPeople";

        public DateTimeOffset? SlotStart { get; init; }

        public DateTimeOffset? SlotEnd { get; init; }

        public string After { get; init; } = "";

        public string Title { get; init; } = "";

        public string Description { get; init; } = "What it is about";

        public uint? Seen { get; init; }

        public object Plan => new
        {
            environment = Environment,
            versions = List(Version),
            model = Model,
            targets = List(Target),
            category = Category,
            changeReference = Change,
            incident = Incident,
            incidentSeverity = Severity,
            start = Start,
            slotStart = Minute(SlotStart),
            slotEnd = Minute(SlotEnd),
            after = List(After).Select(number => new { deployment = number }),
        };

        public (string, string)[] Fields =>
        [
            ("Input.Environment", Environment), ("Input.Versions", Version), ("Input.Model", Model), ("Input.Targets", Target), ("Input.Category", Category), ("Input.ChangeReference", Change), ("Input.Incident", Incident ?? ""),
            ("Input.IncidentSeverity", $"{Severity}"), ("Input.Start", Start), ("Input.SlotStart", $"{SlotStart:yyyy-MM-ddTHH:mm}"), ("Input.SlotEnd", $"{SlotEnd:yyyy-MM-ddTHH:mm}"), ("Input.AfterSuccess", After),
            ("Input.Title", Title), ("Input.Description", Description),
        ];

        public Said At(DateTimeOffset? start, DateTimeOffset? end) => this with { SlotStart = start, SlotEnd = end };

        /// <summary>A form knows no seconds.</summary>
        public static DateTimeOffset? Minute(DateTimeOffset? at) => at is { } given ? new DateTimeOffset(given.UtcDateTime.Date.AddMinutes((int)given.UtcDateTime.TimeOfDay.TotalMinutes), TimeSpan.Zero) : null;

        private static string[] List(string one) => one.Length == 0 ? [] : [one];
    }
}
