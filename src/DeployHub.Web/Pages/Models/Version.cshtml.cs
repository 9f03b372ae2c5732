using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Deployments;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Communicating;
using DeployHub.Web.Pages.Runs;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class VersionModel(ISender sender) : PageModel
{
    private const int LongestReason = 500;

    [FromRoute]
    public string Slug { get; set; } = "";

    [FromRoute]
    public int Number { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public TableForm Table { get; set; } = new();

    [BindProperty]
    public PublishingForm Publishing { get; set; } = new();

    [BindProperty]
    public AbsenceForm Absence { get; set; } = new();

    /// <summary>Why it is made, as it was typed.</summary>
    [BindProperty]
    public ModelForm Input { get; set; } = new();

    public ShowModelVersion.View Shown { get; private set; } = null!;

    /// <summary>Null before it is published.</summary>
    public ShowPublicationReaders.View? Readers { get; private set; }

    /// <summary>Somebody was to be exempted, and that was refused.</summary>
    public bool IsExempting { get; private set; }

    /// <summary>Where a case that was not shown is planned again as it was; only while it is in test.</summary>
    public IReadOnlyDictionary<RehearsalCase, string> Again { get; private set; } = new Dictionary<RehearsalCase, string>();

    /// <summary>Why it would be changed again: what its rehearsals showed; null when none failed.</summary>
    public string? Failed => Shown.Tested?.Required.Where(required => required.Latest is { Passed: false })
        .Select(required => Words.Beginning($"{Editions.Word(required.Case)}: {required.Latest!.Sentence}", LongestReason)).FirstOrDefault();

    public MigrationDecision? DecisionOf(string deployment) => Publishing.Migrations.Find(migration => migration.Deployment == deployment)?.Decision;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;

        Input = ModelForm.Of(Shown.Intent);
        if (Shown.Status is ModelVersionStatus.InTest) Reason = Failed;
        return Page();
    }

    public Task<IActionResult> OnPostIntendAsync(CancellationToken cancellationToken) =>
        MoveAsync(new IntendModelVersion(Slug, Number, Input.ToIntent()), "says anew why it is made.", cancellationToken, nameof(Input));

    public Task<IActionResult> OnPostStartTestingAsync(uint? seen, CancellationToken cancellationToken) =>
        MoveAsync(new StartTestingModelVersion(Slug, Number, seen), "is in test: its text is frozen.", cancellationToken);

    public Task<IActionResult> OnPostPassTestingAsync(CancellationToken cancellationToken) =>
        MoveAsync(new PassModelVersionTesting(Slug, Number), "is tested.", cancellationToken);

    public Task<IActionResult> OnPostTableAsync(CancellationToken cancellationToken) =>
        MoveAsync(new RehearseAtTable(Slug, Number, Table.Case, Table.Passed, Table.With ?? "", Table.Notes ?? ""), "was walked through.", cancellationToken, nameof(Table));

    public Task<IActionResult> OnPostReopenAsync(CancellationToken cancellationToken) =>
        MoveAsync(new ReopenModelVersion(Slug, Number, Reason ?? ""), "is a draft again.", cancellationToken);

    /// <summary>A draft again, and open to be filled in.</summary>
    public async Task<IActionResult> OnPostEditAgainAsync(CancellationToken cancellationToken)
    {
        var reopened = await MoveAsync(new ReopenModelVersion(Slug, Number, Reason ?? ""), "is a draft again: its rehearsals are void.", cancellationToken);
        return reopened is RedirectResult ? Redirect($"/models/{Slug}/versions/{Number}/form") : reopened;
    }

    public Task<IActionResult> OnPostApproveAsync(string? digest, CancellationToken cancellationToken) =>
        MoveAsync(new ApproveModelVersion(Slug, Number, digest ?? ""), "is approved.", cancellationToken);

    public Task<IActionResult> OnPostPublishAsync(CancellationToken cancellationToken) =>
        MoveAsync(
            new PublishModelVersion(Slug, Number, Publishing.ChangeReference ?? "", Publishing.ReleaseNote ?? "", Publishing.Decided, Publishing.AcknowledgeBy), "is published.",
            cancellationToken, nameof(Publishing));

    public Task<IActionResult> OnPostDiscardAsync(CancellationToken cancellationToken) =>
        MoveAsync(new DiscardModelVersion(Slug, Number, Reason ?? ""), "is discarded.", cancellationToken);

    public Task<IActionResult> OnPostSuspendAsync(CancellationToken cancellationToken) =>
        MoveAsync(new SuspendModelVersion(Slug, Number, Reason ?? ""), "is suspended: no new run may start with it.", cancellationToken);

    public Task<IActionResult> OnPostResumeAsync(CancellationToken cancellationToken) =>
        MoveAsync(new ResumeModelVersion(Slug, Number, Reason ?? ""), "may be used again.", cancellationToken);

    public Task<IActionResult> OnPostRetireAsync(CancellationToken cancellationToken) =>
        MoveAsync(new RetireModelVersion(Slug, Number, Reason ?? ""), "is retired.", cancellationToken);

    public Task<IActionResult> OnPostAcknowledgeAsync(CancellationToken cancellationToken) =>
        MoveAsync(new AcknowledgePublication(Slug, Number), "is acknowledged.", cancellationToken);

    public Task<IActionResult> OnPostExemptAsync(CancellationToken cancellationToken)
    {
        IsExempting = true;
        return MoveAsync(new ExemptPublicationReader(Slug, Number, Absence.Person ?? "", Absence.Reason ?? ""), "waits no more for them.", cancellationToken, nameof(Absence));
    }

    private async Task<IActionResult> MoveAsync(ICommand<Result> command, string done, CancellationToken cancellationToken, string prefix = "")
    {
        ModelState.Clear(); // each form binds a part; the command says what is wrong
        var result = await sender.Send(command, cancellationToken);
        if (result.Error is { } refusal) return await AgainAsync(refusal, prefix, cancellationToken);

        this.Flash($"v{Number} {done}");
        return Redirect($"/models/{Slug}/versions/{Number}");
    }

    private async Task<IActionResult> AgainAsync(Error refusal, string prefix, CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;

        if (prefix != nameof(Input)) Input = ModelForm.Of(Shown.Intent);
        return this.ShowAgain(Intents.ForForm(refusal), prefix);
    }

    /// <summary>Null when it was found.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await sender.Send(new ShowModelVersion(Slug, Number), cancellationToken);
        if (found.Error is not null) return this.ShowAgain(found.Error);

        Shown = found.Value;
        if (Shown.PublishedAt is not null) Readers = (await sender.Send(new ShowPublicationReaders(Slug, Number), cancellationToken)).Value;
        if (Shown is { Status: ModelVersionStatus.InTest, Tested: { } tested }) Again = await AgainAsync(tested, cancellationToken);
        return null;
    }

    private async Task<IReadOnlyDictionary<RehearsalCase, string>> AgainAsync(ShowModelVersion.Testing tested, CancellationToken cancellationToken)
    {
        var again = new Dictionary<RehearsalCase, string>();
        foreach (var required in tested.Required.Where(required => required is { Good: false, Latest.Run: not null }))
        {
            var deployment = required.Latest!.Run!.Split('/')[0];
            if (await sender.Send(new ShowDeployment(deployment), cancellationToken) is { Error: null } found && PlanAgain.Address(found.Value) is { } address)
                again[required.Case] = address;
        }

        return again;
    }
}
