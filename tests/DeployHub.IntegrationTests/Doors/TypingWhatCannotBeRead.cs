using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Partners;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Doors;

/// <summary>
/// A time, a day or a number that is none: the page says so at its field, shows it as it was typed and does nothing. The API refuses it while reading the JSON, in
/// sentences of its own.
/// </summary>
[Collection(nameof(Doors))]
public sealed class TypingWhatCannotBeRead(TestHub hub)
{
    [Fact]
    public async Task Pages_of_planners()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        var (number, now, bank) = (await estate.PlanAsync(), hub.Clock.GetUtcNow(), TestHub.Unique("bank"));
        var freeze = (await hub.As(Role.DeploymentManager).Send(new DeclareFreeze(
            "Closing", "The books are closed", new ScopeInput { Environment = estate.Name }, new RecurrenceInput { Start = now.Date.AddDays(-1), End = now.Date.AddDays(9), Zone = "UTC" }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new RegisterOrganisation(bank, "Bank"))).Done();
        (await hub.As(Role.ReleaseManager).Send(new AddContact(bank, "Petra", "petra@bank.example"))).Done();
        var link = (await hub.As(Role.ReleaseManager).Send(new MakePartnerLink(bank, 1))).Done();
        var asked = (await hub.As(Role.ReleaseManager).Send(new RequestFreezeException(number, freeze, "Due", "A fine", "Paul", 5, now.AddHours(2)))).Done();
        var other = (await hub.As(Role.DeploymentManager).Send(new DeclareFreeze(
            "Closing", "Once more", new ScopeInput { Environment = estate.Name }, new RecurrenceInput { Start = now.Date.AddDays(-1), End = now.Date.AddDays(9), Zone = "UTC" }))).Done();

        await mia.RefuseAlikeAsync(
            Typed("The slot of a plan", "/deployments/new", "Save", "Input.SlotStart", "tomorrow", ("Input.Environment", estate.Name), ("Input.Title", "Kept")),
            Typed("The slot of a plan that is edited", $"/deployments/{number}/edit", null, "Input.SlotEnd", "tomorrow", ("Input.Environment", estate.Name), ("Input.Title", "Kept")),
            Typed("Where a slot is moved to", "/calendar", "Move", "SlotStart", "tomorrow", ("Move", number), ("SlotEnd", "2030-01-01T10:00"), ("Reason", "The partner is late")),
            Typed("The end of an exception", $"/deployments/{number}/exceptions/new", null, "Input.Until", "tonight", ("Input.Freeze", other), ("Input.Impact", "A fine")),
            Typed("How long a rollback takes", $"/deployments/{number}/exceptions/new", null, "Input.RollbackMinutes", "an hour", ("Input.Freeze", other), ("Input.Impact", "A fine")),
            Typed("The start of a freeze", "/calendar/freezes/new", "Declare", "Input.When.Start", "tomorrow", ("Input.Name", "Closing"), ("Input.Scope.Environment", "*"), ("Input.When.End", "2030-01-01T10:00"), ("Input.When.Zone", "UTC")),
            Typed("A day that is left out", "/calendar/freezes/new", "Declare", "Input.When.Except", "Christmas", ("Input.Name", "Closing"), ("Input.Scope.Environment", "*"), ("Input.When.Zone", "UTC")),
            Typed("After how many a campaign stops", "/campaigns/new", null, "Input.StopAfter", "many", ("Input.Title", "Autumn")),
            Typed("The notice of a partner", "/partners/new", null, "Input.NoticeDays", "few", ("Input.Key", "bank-new"), ("Input.Name", "Bank")),
            Typed("The end of an agreement", $"/partners/{bank}", "Agreement", "Agreement.Until", "next year", ("Agreement.Document", "Contract 4711")),
            Typed("The start of a partner's freeze", $"/partners/{bank}", "Freeze", "Freeze.Start", "tomorrow", ("Freeze.Name", "Year end"), ("Freeze.End", "2030-01-01T10:00")),
            Typed("The end of a link", $"/partners/{bank}", "Link", "Link.ExpiresAt", "next year", ("Link.Contact", "1")),
            Typed("When mails wait", "/account/notifications", null, "Input.QuietFrom", "late", ("Input.Zone", "Europe/Berlin")));

        using var petra = await BothDoors.OfGuestAsync(hub, $"/p/{link}", Role.ReleaseManager);
        await petra.RefuseAlikeAsync(Typed("The start of one's own freeze", $"/p/{link}", "Freeze", "Freeze.Start", "tomorrow", ("Freeze.Name", "Year end"), ("Freeze.By", "Petra")));
        using var ana = await BothDoors.OfAsync(hub, Role.Approver);
        await ana.RefuseAlikeAsync(
            Typed("Until when an exception is granted", $"/calendar/exceptions/{asked}", "Grant", "Until", "tonight", ("Condition", "Paul stays")),
            Typed("The first day of a cover", "/account/cover", null, "Input.From", "tomorrow", ("Input.Until", "2030-01-01")));
        using var admin = await BothDoors.OfAsync(hub, Role.Administrator);
        await admin.RefuseAlikeAsync(Typed("The port of a mail server", "/admin/mail", null, "Input.Port", "smtp", ("Input.Host", "smtp.example.com"), ("Input.Sender", "hub@example.com"), ("Input.SenderName", "Hub")));
    }

    private static Refusal Typed(string what, string page, string? handler, string field, string typed, params (string, string)[] others) => new(what, "invalid", field, new(page, handler, [.. others, (field, typed)]), null);
}
