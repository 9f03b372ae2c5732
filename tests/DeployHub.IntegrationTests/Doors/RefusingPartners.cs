using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Partners;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Aligning;
using DeployHub.Features.Deployments.Conditions;
using DeployHub.Features.Partners;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Doors;

/// <summary>Organisations, what they are asked, what they answer by link and by phone: what both doors refuse (domain §2.3.3, J10).</summary>
[Collection(nameof(Doors))]
public sealed class RefusingPartners(TestHub hub)
{
    private static readonly string TooLong = new('x', 2001);

    private DateTimeOffset Now => hub.Clock.GetUtcNow();

    [Fact]
    public async Task Recording_what_a_partner_said()
    {
        using var estate = await LiveAsync();
        await BankAsync(estate);
        var (number, answered) = (await AskedAsync(estate, "1.0.0"), await AskedAsync(estate, "1.1.0"));
        (await hub.As(Role.ReleaseManager).Send(new RecordAlignmentAnswer(answered, 1, AlignmentReply.AgreeWithConditions, "Petra", AnswerWay.Phone, null, ["Call us", "Call again"]))).Done();
        (await hub.As(Role.ReleaseManager).Send(new MeetCondition(answered, "1.1", "Called"))).Done();
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);

        await mia.RefuseAlikeAsync(
            Recording("No answer", "invalid", "Input.Reply", number, reply: ""),
            Recording("Nobody who said it", "invalid", "Input.AnsweredBy", number, by: ""),
            Recording("An objection to nothing", "alignment.reason-missing", "Input.Words", number, reply: "Object"),
            Recording("An objection of 2001 characters", "invalid", "Input.Words", number, reply: "Object", words: TooLong),
            Recording("Conditions that are not there", "alignment.condition-missing", "Input.Conditions", number, reply: "AgreeWithConditions"),
            Recording("Conditions of a plain yes", "alignment.conditions-dropped", "Input.Conditions", number, conditions: "Call us"),
            Recording("Eleven conditions", "invalid", "Input.Conditions", number, reply: "AgreeWithConditions", conditions: string.Join('\n', Enumerable.Range(1, 11).Select(at => $"Call {at}"))),
            Recording("What was not asked", "alignment.not-found", null, number, alignment: 9),
            Recording("Another answer", "alignment.answered", null, answered, reply: "Object", words: "We changed our mind").Gone(),
            Meeting("A condition met without a word", "invalid", "Input.Note", answered, 2, ""),
            Meeting("A condition met twice", "alignment.condition-met", null, answered, 1, "Called again").Gone(),
            Meeting("A condition that is not there", "condition.not-found", null, answered, 9, "Called"),
            Noting("Nothing for partners to read", "invalid", "Input.Changes", number, "", "Send a test file"),
            Noting("2001 characters for them to do", "invalid", "Input.MustDo", number, "A new field", TooLong),
            Noting("Another text than was answered", "alignment.note-answered", null, answered, "A new field", "Nothing").Gone(),
            Again("Asking again without a reason", "invalid", "Input.Reason", answered, ""),
            Again("Asking again while they have time", "alignment.waits", null, number, "They are silent").Gone());
    }

    [Fact]
    public async Task Going_on_against_an_objection()
    {
        using var estate = await LiveAsync();
        await BankAsync(estate);
        var (number, agreed) = (await AskedAsync(estate, "1.0.0"), await AskedAsync(estate, "1.1.0"));
        (await hub.As(Role.ReleaseManager).Send(new RecordAlignmentAnswer(number, 1, AlignmentReply.Object, "Petra", AnswerWay.Phone, "Our batch runs then."))).Done();
        using var dora = await BothDoors.OfAsync(hub, Role.DeploymentManager);
        using var peer = await BothDoors.OfAsync(hub, await hub.NewPerson("Peer", new RoleGrant(Role.Approver, ApproverQuality.Peer)));

        await dora.RefuseAlikeAsync(
            Overriding("Without a reason", "invalid", "Input.Reason", number, ""),
            Overriding("Where nobody objects", "alignment.not-objected", null, agreed, "The law asks for it").Gone(),
            Overriding("What was not asked", "alignment.not-found", null, number, "The law asks for it", alignment: 9));
        await peer.RefuseAlikeAsync(Overriding("By who is neither manager nor owner", "alignment.override-needs-two", null, number, "The law asks for it"));

        (await hub.As(Role.DeploymentManager).Send(new OverrideObjection(number, 1, "The law asks for it."))).Done();
        await dora.RefuseAlikeAsync(Overriding("Twice by one person", "alignment.override-needs-other", null, number, "Once more"));
    }

    /// <summary>The API has no door for guests: what it is compared with is the same answer, recorded by hand.</summary>
    [Fact]
    public async Task Answering_by_link()
    {
        using var estate = await LiveAsync();
        var (bank, token) = await BankAsync(estate);
        var revoked = (await hub.As(Role.ReleaseManager).Send(new MakePartnerLink(bank, 1))).Done();
        var link = (await hub.AsSystem.Send(new ShowOrganisation(bank))).Done().Links.OrderBy(made => made.MadeAt).Last();
        (await hub.As(Role.ReleaseManager).Send(new RevokePartnerLink(bank, link.Id))).Done();
        var (number, answered) = (await AskedAsync(estate, "1.0.0"), await AskedAsync(estate, "1.1.0"));
        (await hub.AsNobody.Send(new AnswerByPartnerLink(token, answered, 1, AlignmentReply.Agree, "Petra"))).Done();
        using var petra = await BothDoors.OfGuestAsync(hub, $"/p/{token}", Role.ReleaseManager);

        await petra.RefuseAlikeAsync(
            ByLink("An objection to nothing", "alignment.reason-missing", "Answer.Words", token, number, "Object"),
            ByLink("Conditions that are not there", "alignment.condition-missing", "Answer.Conditions", token, number, "AgreeWithConditions"),
            ByLink("A condition of 501 characters", "invalid", "Answer.Conditions", token, number, "AgreeWithConditions", conditions: TooLong[..501]),
            ByLink("Forwarded to somebody who says no name", "invalid", "Answer.Name", token, number, "Agree", name: "") with { Request = null },
            ByLink("Replayed with another answer", "alignment.answered", null, token, answered, "Object", words: "No, after all").Gone(),
            ByLink("What they were not asked", "alignment.not-found", null, token, "DEP-1999-000001", "Agree") with { Request = null },
            ByLink("A link that was revoked", "partner.link-invalid", null, revoked, number, "Object", words: "Our batch runs then").Gone() with { Request = null },
            ByLink("A link that somebody guessed", "partner.link-invalid", null, "dho_guessed", number, "Object", words: "Let me in").Gone() with { Request = null },
            FreezingByLink("A freeze without a name", "invalid", "Freeze.Name", token, bank, "", Day(10), Day(12)),
            FreezingByLink("… without a start", "invalid", "Freeze.Start", token, bank, "Year end", null, Day(12)),
            FreezingByLink("… without an end", "invalid", "Freeze.End", token, bank, "Year end", Day(10), null),
            FreezingByLink("… that ends before it starts", "organisation.freeze-backwards", "Freeze.End", token, bank, "Year end", Day(12), Day(10)),
            FreezingByLink("… that is over", "organisation.freeze-over", "Freeze.End", token, bank, "Year end", Day(-12), Day(-10)),
            FreezingByLink("… of half a year", "organisation.freeze-too-long", "Freeze.End", token, bank, "Year end", Day(10), Day(190)));

        using var late = hub.Browser();
        var form = TestBrowser.TokenIn(await late.Read($"/p/{token}"));
        using var unsent = await late.Post($"/p/{revoked}?handler=Answer", form, ("Answer.Deployment", number), ("Answer.Alignment", "1"), ("Answer.Reply", "Object"), ("Answer.Words", "Our batch runs then"));
        (await unsent.Content.ReadAsStringAsync()).ShouldContain("Our batch runs then", customMessage: "what they wrote is not lost with the link");
    }

    [Fact]
    public async Task Keeping_organisations()
    {
        using var estate = await LiveAsync();
        var (bank, _) = await BankAsync(estate);
        var manager = hub.As(Role.ReleaseManager);
        (await manager.Send(new AddContact(bank, "Carl", "carl@club.example"))).Done();
        (await manager.Send(new EndOrganisationEntry(bank, OrganisationEntry.Contact, 2, "Left"))).Done();
        var over = TestHub.Unique("over");
        (await manager.Send(new RegisterOrganisation(over, "Over"))).Done();
        (await manager.Send(new EndOrganisation(over, "Merged"))).Done();
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        using var auditor = await BothDoors.OfAsync(hub, Role.Auditor);

        await mia.RefuseAlikeAsync(
            Registering("A key that is none", "invalid", "Input.Key", "Our Bank!"),
            Registering("A key that is taken", "organisation.key-taken", "Input.Key", bank),
            Registering("No name", "invalid", "Input.Name", "club-new", name: ""),
            Registering("A zone that is not there", "invalid", "Input.TimeZone", "club-new", zone: "Mars/Olympus"),
            Registering("A notice of 61 days", "invalid", "Input.NoticeDays", "club-new", notice: 61),
            Describing(bank, "A description without a name", "invalid", "Input.Name", ""),
            Describing(bank, "Somebody was quicker", "changed-meanwhile", null, "Another name", seen: 1),
            Describing("no-such-bank", "What is not there", "organisation.not-found", null, "Another name"),
            Of(bank, "A contact without a name", "invalid", "Contact.Name", "Contact", "contacts", new { name = "", email = "a@b.example" }, ("Contact.Name", ""), ("Contact.Email", "a@b.example")),
            Of(bank, "… without an address", "invalid", "Contact.Email", "Contact", "contacts", new { name = "Ann", email = "nowhere" }, ("Contact.Name", "Ann"), ("Contact.Email", "nowhere")),
            Of(bank, "… who is one already", "organisation.contact-taken", "Contact.Email", "Contact", "contacts", new { name = "Ann", email = $"petra@{bank}.example" }, ("Contact.Name", "Ann"), ("Contact.Email", $"petra@{bank}.example")),
            Of(over, "… of an organisation that is over", "organisation.ended", null, "Contact", "contacts", new { name = "Ann", email = "a@b.example" }, ("Contact.Name", "Ann"), ("Contact.Email", "a@b.example")).Gone(),
            Of(bank, "A rule for no service", "organisation.service-unknown", "Concern.Service", "Concern", "concerns", new { service = "nothing" }, ("Concern.Service", "nothing")),
            Of(bank, "A rule for no environment", "organisation.environment-unknown", "Concern.Environment", "Concern", "concerns", new { environment = "nowhere" }, ("Concern.Environment", "nowhere")),
            Agreeing(bank, "An agreement for no service", "organisation.service-unknown", "Agreement.Services", Day(90), services: "nothing"),
            Agreeing(bank, "… that is over", "organisation.agreement-over", "Agreement.Until", Day(-1)),
            Agreeing(bank, "… for ten years", "organisation.agreement-over", "Agreement.Until", Day(3650)),
            Agreeing(bank, "… until nobody knows when", "invalid", "Agreement.Until", null),
            Agreeing(bank, "… written down nowhere", "invalid", "Agreement.Document", Day(90), document: ""),
            Of(bank, "A freeze that ends before it starts", "organisation.freeze-backwards", "Freeze.End", "Freeze", "freezes", new { name = "Year end", start = Day(12), end = Day(10) }, ("Freeze.Name", "Year end"), ("Freeze.Start", $"{Day(12):yyyy-MM-ddTHH:mm}"), ("Freeze.End", $"{Day(10):yyyy-MM-ddTHH:mm}")),
            Of(bank, "A link for nobody", "invalid", "Link.Contact", "Link", "links", new { contact = 0 }, ("Link.Contact", "0")).Gone(),
            Of(bank, "A link for a year", "partner.link-too-long", "Link.ExpiresAt", "Link", "links", new { contact = 1, expiresAt = new DateTimeOffset(Day(365), TimeSpan.Zero) }, ("Link.Contact", "1"), ("Link.ExpiresAt", $"{Day(365):yyyy-MM-ddTHH:mm}")),
            Of(bank, "Ending it without a reason", "invalid", "Reason", "End", "end", new { reason = "" }, ("Reason", "")),
            Of(bank, "… for 2001 characters", "invalid", "Reason", "End", "end", new { reason = TooLong }, ("Reason", TooLong)),
            Of(over, "Ending it twice", "organisation.ended", null, "End", "end", new { reason = "Again" }, ("Reason", "Again")).Gone(),
            EndingEntry(bank, "Ending a contact without a reason", "invalid", "Ending.Reason", 1, ""),
            EndingEntry(bank, "Ending a contact twice", "organisation.entry-ended", null, 2, "Again").Gone(),
            EndingEntry(bank, "Ending a contact that is not there", "contact.not-found", null, 9, "Left"));
        await auditor.RefuseAlikeAsync(Of(bank, "An auditor", "access.not-permitted", null, "Contact", "contacts", new { name = "Ann", email = "a@b.example" }, ("Contact.Name", "Ann"), ("Contact.Email", "a@b.example")).Gone());
    }

    [Fact]
    public async Task Keeping_a_distribution_list()
    {
        using var estate = await LiveAsync();
        var (bank, _) = await BankAsync(estate);
        (await hub.As(Role.ReleaseManager).Send(new AddRecipient(estate.Name, "Paula", "paula@house.example"))).Done();
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);

        await mia.RefuseAlikeAsync(
            Telling(estate, "Nobody", "invalid", "Input.Name", "", "ann@house.example"),
            Telling(estate, "No address", "invalid", "Input.Email", "Ann", "nowhere"),
            Telling(estate, "Somebody who is told already", "recipient.told-already", "Input.Email", "Paula", "paula@house.example"),
            Telling(estate, "Somebody of no organisation", "recipient.organisation-unknown", "Input.Organisation", "Ann", "ann@house.example", "nothing"),
            Telling(estate, "Somebody who is no contact of it", "recipient.no-contact", "Input.Email", "Ann", "ann@house.example", bank));
    }

    private static Refusal Recording(
        string wrong, string code, string? field, string number, string reply = "Agree", string by = "Petra", string words = "", string conditions = "", int alignment = 1) => new(
        wrong, code, field,
        new($"/deployments/{number}/alignment", "Answer", ("Input.Alignment", $"{alignment}"), ("Input.AnsweredBy", by), ("Input.Way", "Phone"), ("Input.Reply", reply), ("Input.Words", words), ("Input.Conditions", conditions)),
        Request.Post($"/deployments/{number}/alignments/{alignment}/answer", Answer(reply, by, words, conditions)));

    private static Refusal ByLink(string wrong, string code, string? field, string token, string number, string reply, string name = "Paula", string words = "", string conditions = "") => new(
        wrong, code, field,
        new($"/p/{token}", "Answer", ("Answer.Deployment", number), ("Answer.Alignment", "1"), ("Answer.Reply", reply), ("Answer.Name", name), ("Answer.Words", words), ("Answer.Conditions", conditions)),
        Request.Post($"/deployments/{number}/alignments/1/answer", Answer(reply, name, words, conditions)));

    private static object Answer(string reply, string by, string words, string conditions) => new
    {
        reply = reply.Length == 0 ? null : reply,
        answeredBy = by,
        words = words.Length == 0 ? null : words,
        conditions = conditions.Split('\n', StringSplitOptions.RemoveEmptyEntries),
    };

    private static Refusal FreezingByLink(string wrong, string code, string field, string token, string bank, string name, DateTime? start, DateTime? end) => new(
        wrong, code, field, new($"/p/{token}", "Freeze", ("Freeze.Name", name), ("Freeze.Start", $"{start:yyyy-MM-ddTHH:mm}"), ("Freeze.End", $"{end:yyyy-MM-ddTHH:mm}"), ("Freeze.By", "Paula")),
        Request.Post($"/organisations/{bank}/freezes", new { name, start = start ?? default, end = end ?? default }));

    private static Refusal Meeting(string wrong, string code, string? field, string number, int condition, string note) => new(
        wrong, code, field, new($"/deployments/{number}/conditions", "Meet", ("Input.Condition", $"1.{condition}"), ("Input.Note", note)),
        Request.Post($"/deployments/{number}/conditions/1.{condition}/met", new { note }));

    private static Refusal Noting(string wrong, string code, string? field, string number, string changes, string mustDo) =>
        new(wrong, code, field, new($"/deployments/{number}/alignment", "Note", ("Input.Changes", changes), ("Input.MustDo", mustDo)), Request.Put($"/deployments/{number}/partner-note", new { changes, mustDo }));

    private static Refusal Again(string wrong, string code, string? field, string number, string reason) =>
        new(wrong, code, field, new($"/deployments/{number}/alignment", "Again", ("Input.Alignment", "1"), ("Input.Reason", reason)), Request.Post($"/deployments/{number}/alignments/1/ask-again", new { reason }));

    private static Refusal Overriding(string wrong, string code, string? field, string number, string reason, int alignment = 1) => new(
        wrong, code, field, new($"/deployments/{number}/alignment", "Override", ("Input.Alignment", $"{alignment}"), ("Input.Reason", reason)),
        Request.Post($"/deployments/{number}/alignments/{alignment}/override", new { reason }));

    private static Refusal Registering(string wrong, string code, string field, string key, string name = "Club", string zone = "Europe/Berlin", int notice = 5) => new(
        wrong, code, field,
        new("/partners/new", null, ("Input.Key", key), ("Input.Name", name), ("Input.Kind", "Partner"), ("Input.TimeZone", zone), ("Input.NoticeDays", $"{notice}"), ("Input.Silence", "Blocks")),
        Request.Post("/organisations", new { key, name, timeZone = zone, noticeDays = notice }));

    private static Refusal Describing(string bank, string wrong, string code, string? field, string name, uint? seen = null) => new(
        wrong, code, field,
        new($"/partners/{bank}/edit", null, ("Input.Name", name), ("Input.Kind", "Partner"), ("Input.TimeZone", "UTC"), ("Input.NoticeDays", "5"), ("Input.Silence", "Blocks"), ("Input.Seen", $"{seen}")),
        Request.Put($"/organisations/{bank}", new { name, kind = "Partner", timeZone = "UTC", noticeDays = 5, silence = "Blocks" }, seen));

    private static Refusal Of(string bank, string wrong, string code, string? field, string handler, string move, object body, params (string, string)[] fields) =>
        new(wrong, code, field, new($"/partners/{bank}", handler, fields), Request.Post($"/organisations/{bank}/{move}", body));

    private static Refusal Agreeing(string bank, string wrong, string code, string field, DateTime? until, string services = "", string document = "Contract 4711") => Of(
        bank, wrong, code, field, "Agreement", "agreements",
        new { until = until is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : default, document, services = services.Split(',', StringSplitOptions.RemoveEmptyEntries) },
        ("Agreement.Services", services), ("Agreement.Until", $"{until:yyyy-MM-ddTHH:mm}"), ("Agreement.Document", document));

    private static Refusal Telling(Estate estate, string wrong, string code, string field, string name, string email, string organisation = "") => new(
        wrong, code, field, new($"/services/{estate.Name}/recipients", "Add", ("Input.Name", name), ("Input.Email", email), ("Input.Organisation", organisation)),
        Request.Post($"/services/{estate.Name}/recipients", new { name, email, organisation = organisation.Length == 0 ? null : organisation }));

    private static Refusal EndingEntry(string bank, string wrong, string code, string? field, int number, string reason) => Of(
        bank, wrong, code, field, "EndEntry", "endings", new { entry = "Contact", number, reason }, ("Ending.Entry", "Contact"), ("Ending.Number", $"{number}"), ("Ending.Reason", reason));

    private DateTime Day(int ahead) => Now.Date.AddDays(ahead);

    private Task<Estate> LiveAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);

    /// <summary>A bank that has to agree to live deployments of the estate, and a link for its contact Petra.</summary>
    private async Task<(string Bank, string Token)> BankAsync(Estate estate)
    {
        var (bank, mia) = (TestHub.Unique("bank"), hub.As(Role.ReleaseManager));
        (await mia.Send(new RegisterOrganisation(bank, "Partner bank", OrganisationKind.Partner, "Europe/Berlin", 5, SilencePolicy.BlocksFromMediumRisk))).Done();
        (await mia.Send(new AddContact(bank, "Petra", $"petra@{bank}.example"))).Done();
        (await mia.Send(new AddConcern(bank, estate.Name, estate.Name, IsRequired: true, RiskBand.Medium))).Done();
        return (bank, (await mia.Send(new MakePartnerLink(bank, 1))).Done());
    }

    private async Task<string> AskedAsync(Estate estate, string label)
    {
        var start = new DateTimeOffset(Now.UtcDateTime.Date.AddDays(14).AddHours(6), TimeSpan.Zero);
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan(label) with { SlotStart = start, SlotEnd = start.AddHours(1) }, "Payment file"))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        return number;
    }
}
