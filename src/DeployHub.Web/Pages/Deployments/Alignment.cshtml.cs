using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Aligning;
using DeployHub.Features.Partners;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>Who is asked about a deployment, what they said, and what can be done about it.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class AlignmentModel(ISender sender, Caller caller, IConfiguration configuration) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty]
    public AlignmentInput Input { get; set; } = new();

    public AlignmentPart Part { get; private set; } = null!;

    public string Title { get; private set; } = "";

    /// <summary>Shown this once.</summary>
    public string? MadeLink { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Page() : NotFound();

    public Task<IActionResult> OnPostAnswerAsync(CancellationToken cancellationToken) => SendAsync(Input.ToAnswer(Number), "The answer is recorded.", cancellationToken);

    public Task<IActionResult> OnPostOwnAsync(CancellationToken cancellationToken) => SendAsync(Input.ToOwnAnswer(Number), "Your answer is recorded.", cancellationToken);

    public Task<IActionResult> OnPostOverrideAsync(CancellationToken cancellationToken) =>
        SendAsync(new OverrideObjection(Number, Input.Alignment, Input.Reason ?? ""), "Your decision is recorded.", cancellationToken);

    public Task<IActionResult> OnPostAgainAsync(CancellationToken cancellationToken) =>
        SendAsync(new AskAgain(Number, Input.Alignment, Input.Reason ?? ""), "They are asked again.", cancellationToken);

    public Task<IActionResult> OnPostNoteAsync(CancellationToken cancellationToken) =>
        SendAsync(new DescribeForPartners(Number, Input.Changes ?? "", Input.MustDo), "This is what partners read.", cancellationToken);

    public async Task<IActionResult> OnPostLinkAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var made = await sender.Send(new MakePartnerLink(Input.Organisation ?? "", Input.Contact), cancellationToken);
        if (!await LoadAsync(cancellationToken)) return NotFound();
        if (made.Error is { } error) return this.ShowAgain(error, nameof(Input));

        MadeLink = $"{configuration["DeployHub:PublicAddress"]?.TrimEnd('/') ?? $"{Request.Scheme}://{Request.Host}"}/p/{made.Value}";
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    private async Task<IActionResult> SendAsync(ICommand<Result> command, string done, CancellationToken cancellationToken)
    {
        var refusal = this.Unread(nameof(Input)) ?? Input.Unreadable() ?? (await sender.Send(command, cancellationToken)).Error;
        if (refusal is { } error) return await LoadAsync(cancellationToken) ? this.ShowAgain(error, nameof(Input)) : NotFound();

        this.Flash(done);
        return LocalRedirect($"/deployments/{Number}#alignment");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowDeployment(Number), cancellationToken);
        if (shown.Error is not null) return false;

        Title = shown.Value.Title;
        Part = await sender.AlignmentOfAsync(caller, Number, shown.Value.Status, Input, cancellationToken);
        return true;
    }
}

internal static class AlignmentParts
{
    /// <summary>The part that both pages of a deployment show.</summary>
    public static async Task<AlignmentPart> AlignmentOfAsync(
        this ISender sender, Caller caller, string number, DeploymentStatus status, AlignmentInput input, CancellationToken cancellationToken) => new(
        number, (await sender.Send(new ListAlignments(number), cancellationToken)).Value, input,
        caller.May(Permission.AlignPartners), caller.May(Permission.OverrideObjections), caller.May(Permission.PlanDeployments),
        status is DeploymentStatus.Draft or DeploymentStatus.InReview or DeploymentStatus.Scheduled);
}
