using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Environments;

/// <summary>What differs between desired and observed state, and the decisions about it, each in its own row.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DriftModel(ISender sender, Caller caller) : PageModel
{
    [FromRoute]
    public string Key { get; set; } = "";

    /// <summary>True to see what is decided, too.</summary>
    [FromQuery]
    public bool All { get; set; }

    [FromQuery]
    public string? Target { get; set; }

    [FromQuery]
    public Guid? After { get; set; }

    /// <summary>The item whose history is shown, and about which can be decided.</summary>
    [FromQuery]
    public Guid? Item { get; set; }

    [BindProperty]
    public Decision Input { get; set; } = new();

    public ShowDriftWatch.View Watch { get; private set; } = null!;

    public Page<ListDrift.Row> Items { get; private set; } = new([], null);

    public ListDrift.Row? Chosen { get; private set; }

    /// <summary>The chosen one first where it is not among the others.</summary>
    public IReadOnlyList<ListDrift.Row> Rows => Chosen is null || Items.Rows.Any(row => row.Id == Chosen.Id) ? Items.Rows : [Chosen, .. Items.Rows];

    public bool MayHandle => caller.RefusalAround(Permission.HandleDrift, environment: Key) is null;

    public bool IsOwner => caller.OwnsEnvironment(Key);

    /// <summary>May ignore or dismiss the chosen one.</summary>
    public bool MayOverlook => IsOwner || Chosen?.Severity is DriftSeverity.Informational;

    public string Href(ListDrift.Row row, string? handler = null) =>
        $"/environments/{Key}/drift?{(All ? "all=true&" : "")}{(Target is null ? "" : $"target={Uri.EscapeDataString(Target)}&")}item={row.Id}{(handler is null ? "" : $"&handler={handler}")}#{row.Id}";

    public static string Word(ListDrift.Row row) => row switch
    {
        { IgnoredUntil: { } until } => $"Ignored until {until:yyyy-MM-dd}",
        { IsOpen: true } => $"{Words.Title(row.Status)}, {Words.Of(row.Severity)}",
        _ => Words.Title(row.Status),
    };

    public static bool IsDigest(string value) => Digest.Parse(value).Error is null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(Item, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostScanAsync(CancellationToken cancellationToken)
    {
        var asked = await sender.Send(new ScanEnvironment(Key, Target), cancellationToken);
        return await AnswerAsync(asked.Error, asked.Error is null ? $"{Words.Count(asked.Value, "target")} will be looked at now; load this page again in a moment." : "", cancellationToken);
    }

    public Task<IActionResult> OnPostAcceptAsync(CancellationToken cancellationToken) =>
        DecideAsync(new AcceptDrift(Key, Input.Item, Input.Observed ?? "", Input.Reason ?? "", Input.Change ?? ""), $"{Input.Observed} is the baseline now.", cancellationToken);

    public Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellationToken) =>
        DecideAsync(new ConfirmDrift(Key, Input.Item, Input.Reason ?? ""), "It is confirmed.", cancellationToken);

    public Task<IActionResult> OnPostCorrectAsync(CancellationToken cancellationToken) =>
        DecideAsync(new CorrectDrift(Key, Input.Item, Input.Reason ?? ""), "It is closed. If the next look still sees it, it is found anew.", cancellationToken);

    public Task<IActionResult> OnPostDismissAsync(CancellationToken cancellationToken) =>
        DecideAsync(new DismissDrift(Key, Input.Item, Input.Reason ?? ""), "It is dismissed for as long as the same is seen.", cancellationToken);

    public Task<IActionResult> OnPostIgnoreAsync(CancellationToken cancellationToken) =>
        DecideAsync(new IgnoreDrift(Key, Input.Item, new DateTimeOffset(DateTime.SpecifyKind(Input.Until ?? default, DateTimeKind.Utc)), Input.Reason ?? ""), "It is ignored until then.", cancellationToken);

    private async Task<IActionResult> DecideAsync(ICommand<Result> command, string done, CancellationToken cancellationToken) =>
        await AnswerAsync((await sender.Send(command, cancellationToken)).Error, done, cancellationToken);

    private async Task<IActionResult> AnswerAsync(Error? refusal, string done, CancellationToken cancellationToken)
    {
        if (refusal is not null) return await LoadAsync(Input.Item == Guid.Empty ? null : Input.Item, cancellationToken) ? this.ShowAgain(refusal, nameof(Input)) : NotFound();

        this.Flash(done);
        return LocalRedirect($"/environments/{Key}/drift{(All ? "?all=true" : "")}");
    }

    private async Task<bool> LoadAsync(Guid? chosen, CancellationToken cancellationToken)
    {
        var watch = await sender.Send(new ShowDriftWatch(Key), cancellationToken);
        if (watch.Error is not null) return false;

        Watch = watch.Value;
        Items = (await sender.Send(new ListDrift(Key, Target, All, After), cancellationToken)).Value;
        Chosen = chosen is { } id ? (await sender.Send(new ShowDriftItem(Key, id), cancellationToken)).Match<ListDrift.Row?>(row => row, _ => null) : null;
        return true;
    }

    public sealed class Decision
    {
        public Guid Item { get; set; }

        /// <summary>The value that the form showed.</summary>
        public string? Observed { get; set; }

        public string? Reason { get; set; }

        public string? Change { get; set; }

        /// <summary>UTC.</summary>
        public DateTime? Until { get; set; }
    }
}
