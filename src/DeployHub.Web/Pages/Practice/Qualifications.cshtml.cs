using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Practice;

[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class QualificationsModel(ISender sender, Caller caller) : PageModel
{
    public sealed class QualificationInput
    {
        public string Email { get; set; } = "";

        public string Skill { get; set; } = "";

        public string? Environment { get; set; }

        public DateOnly? Since { get; set; }

        public DateOnly? Until { get; set; }

        public string Evidence { get; set; } = "";

        public string Reason { get; set; } = "";
    }

    [BindProperty(SupportsGet = true)]
    public string? Skill { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Ended { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? After { get; set; }

    [BindProperty]
    public QualificationInput Input { get; set; } = new();

    public Page<ListQualifications.Row> Rows { get; private set; } = new([], null);

    public IReadOnlyList<SelectListItem> Environments { get; private set; } = [];

    /// <summary>What somebody tried to end, with the reason that was typed.</summary>
    public Guid? Ending { get; private set; }

    public string? Why { get; private set; }

    public bool MayManage => caller.May(Permission.ManageQualifications);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Rows = await sender.Send(new ListQualifications(Skill.OrNull()?.Trim(), Ended: Ended, After: After), cancellationToken);
        Environments = [.. (await sender.Send(new ListEnvironments(Limit: 200), cancellationToken)).Rows.Select(environment => new SelectListItem(environment.Name, environment.Key))];
    }

    public async Task<IActionResult> OnPostGiveAsync(CancellationToken cancellationToken)
    {
        if (new[] { nameof(Input.Since), nameof(Input.Until) }.Any(day => ModelState.GetFieldValidationState($"{nameof(Input)}.{day}") is ModelValidationState.Invalid))
        {
            await OnGetAsync(cancellationToken);
            return Page();
        }

        return await GiveAsync(cancellationToken);
    }

    private Task<IActionResult> GiveAsync(CancellationToken cancellationToken) => AnswerAsync(
        new GiveQualification(Input.Email ?? "", Input.Skill?.Trim() ?? "", Input.Evidence ?? "", Input.Reason ?? "", Input.Environment, Input.Since, Input.Until), nameof(Input), $"{Input.Email} is qualified for “{Input.Skill}”.",
        cancellationToken);

    public Task<IActionResult> OnPostEndAsync([FromForm] Guid id, [FromForm] string? why, CancellationToken cancellationToken)
    {
        (Ending, Why) = (id, why);
        return AnswerAsync(new EndQualification(id, why ?? ""), "", "The qualification is ended.", cancellationToken);
    }

    private async Task<IActionResult> AnswerAsync(ICommand<Result> command, string prefix, string done, CancellationToken cancellationToken)
    {
        var result = await sender.Send(command, cancellationToken);
        await OnGetAsync(cancellationToken);
        if (result.Error is { } error) return this.ShowAgain(error, prefix);

        this.Flash(done);
        return LocalRedirect("/practice/qualifications");
    }
}
