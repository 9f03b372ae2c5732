using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments.BusyTimes;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Calendar.Others;

/// <summary>One calendar of others: where it comes from, whom it concerns, how the last look went.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
[RequestFormLimits(MultipartBodyLengthLimit = 2 * BusyCalendar.Largest)]
public sealed class DetailsModel(ISender sender, Caller caller) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    [BindProperty]
    public BusyForm Input { get; set; } = new();

    [BindProperty]
    public IFormFile? Text { get; set; }

    public ListBusyCalendars.Row Calendar { get; private set; } = null!;

    public bool MayChange => Calendar.MayChange;

    public bool MayFetch => !Calendar.Settings.IsUploaded() && (caller.May(Permission.PlanDeployments) || caller.May(Permission.ManageSettings));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();

        Input = BusyForm.Of(Calendar);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        await AnswerAsync(await sender.Send(new DescribeBusyCalendar(Key, Input.ToSettings(), Input.Seen), cancellationToken), $"{Input.Name} is saved.", isForm: true, cancellationToken);

    public async Task<IActionResult> OnPostFetchAsync(CancellationToken cancellationToken) =>
        await AnswerAsync(await sender.Send(new FetchBusyCalendar(Key), cancellationToken), "A worker fetches it in a moment.", isForm: false, cancellationToken);

    public async Task<IActionResult> OnPostUploadAsync(CancellationToken cancellationToken)
    {
        using var text = new StreamReader(Text?.OpenReadStream() ?? Stream.Null, Encoding.UTF8);
        var uploaded = await sender.Send(new UploadBusyCalendar(Key, await text.ReadToEndAsync(cancellationToken)), cancellationToken);
        return await AnswerAsync(
            uploaded.Match(_ => Result.Success, Result.Failed), uploaded.Error is null ? $"{Words.Count(uploaded.Value.Periods, "period")} read." : "", isForm: false, cancellationToken);
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellationToken)
    {
        var removed = await sender.Send(new RemoveBusyCalendar(Key), cancellationToken);
        if (removed.Error is not null) return await AnswerAsync(removed, "", isForm: false, cancellationToken);

        this.Flash("The calendar is shown no more.");
        return LocalRedirect("/calendar/others");
    }

    private async Task<IActionResult> AnswerAsync(Result result, string done, bool isForm, CancellationToken cancellationToken)
    {
        if (result.Error is null)
        {
            this.Flash(done);
            return LocalRedirect($"/calendar/others/{Key}");
        }

        if (!await LoadAsync(cancellationToken)) return NotFound();
        if (isForm) return this.ShowAgain(BusyForm.ForForm(result.Error), nameof(Input));

        ModelState.Clear(); // the form of the other card was not sent
        Input = BusyForm.Of(Calendar);
        return this.ShowAgain(result.Error);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var found = (await sender.Send(new ListBusyCalendars(), cancellationToken)).FirstOrDefault(calendar => calendar.Key == Key);
        if (found is null) return false;

        Calendar = found;
        return true;
    }
}
