using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Pipeline;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Calendar.Windows;

/// <summary>When a window is and why, said anew.</summary>
[Authorize(Policy = nameof(Permission.DefineWindows))]
public sealed class EditModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Number { get; set; } = "";

    [BindProperty]
    public WindowForm Input { get; set; } = new();

    public ShowWindow.View View { get; private set; } = null!;

    /// <summary>What somebody else saved while this form was open; null when nobody did.</summary>
    public ShowWindow.View? SavedMeanwhile { get; private set; }

    public PreviewRecurrence.View? Preview { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();

        var window = View.Window;
        Input = new WindowForm { Name = window.Name, Reason = window.Reason, Owner = window.Owner, When = RecurrenceForm.Of(window.Recurrence), Seen = View.RowVersion };
        return Page();
    }

    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        if (Input.When.Read(ModelState, "Input.When") is not { } when) return Page();

        var preview = await sender.Send(new PreviewRecurrence(when), cancellationToken);
        if (preview.Error is { } error) return this.ShowAgain(error, nameof(Input));

        Preview = preview.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostChangeAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        if (Input.When.Read(ModelState, "Input.When") is not { } when) return Page();

        return (await sender.Send(new ChangeWindow(Number, Input.Name ?? "", Input.Reason ?? "", Input.Owner ?? "", when, Input.Seen), cancellationToken)).Match<IActionResult>(
            () =>
            {
                this.Flash($"{Number} is changed.");
                return LocalRedirect($"/calendar/windows/{Number}");
            },
            error =>
            {
                if (error == Conflicts.ChangedMeanwhile) LookAgain();
                return this.ShowAgain(error, nameof(Input));
            });
    }

    private void LookAgain()
    {
        SavedMeanwhile = View;
        ModelState.Remove("Input.Seen");
        Input.Seen = View.RowVersion;
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowWindow(Number), cancellationToken);
        if (shown.Error is null) View = shown.Value;
        return shown.Error is null;
    }
}
