using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Pages.Components.Versions;

/// <summary>To pick an artefact from its store instead of typing what it is called: a worker looks, and the page waits a moment for the answer.</summary>
public sealed partial class NewModel
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>What lies in a folder of a row's store, by the row.</summary>
    public Dictionary<int, ShowStoreLook.View> Listed { get; } = [];

    /// <summary>What came of looking at a row's artefact, by the row.</summary>
    public Dictionary<int, string> Said { get; } = [];

    /// <summary>What lies in a folder of the row's store.</summary>
    /// <param name="folder">Below the store; null for the one that the typed path names.</param>
    public async Task<IActionResult> OnPostLookAsync(int row, string? folder, CancellationToken cancellationToken)
    {
        if (RowAt(row) is not { } artefact) return BadRequest();

        var typed = artefact.Path?.Trim() ?? "";
        var place = (folder ?? typed[..Math.Max(0, typed.LastIndexOf('/'))]).Trim('/');
        artefact.Look = null;
        var asked = await AskAsync(artefact, StoreQuestion.Files, place, cancellationToken);
        if (asked is { Trouble: null }) Listed[row] = asked;
        else Said[row] = asked?.Trouble ?? Said.GetValueOrDefault(row) ?? NotYet;
        artefact.Look = null; // another press looks anew
        return await ShowAsync(cancellationToken);
    }

    /// <summary>A file was picked: its digest is read at once.</summary>
    public Task<IActionResult> OnPostPickAsync(int row, string? path, CancellationToken cancellationToken)
    {
        if (RowAt(row) is { } artefact) (artefact.Path, artefact.Digest, artefact.Size, artefact.Look) = (path, null, null, null);
        return OnPostMeasureAsync(row, cancellationToken);
    }

    /// <summary>The digest and size of what the row names.</summary>
    public async Task<IActionResult> OnPostMeasureAsync(int row, CancellationToken cancellationToken)
    {
        if (RowAt(row) is not { } artefact) return BadRequest();

        await MeasureAsync(row, artefact, cancellationToken);
        return await ShowAsync(cancellationToken);
    }

    private const string NotYet = "No worker has answered yet. Ask once more in a moment; workers and their state stand under Administration.";

    /// <summary>Whoever left digests empty is shown those that workers read, to look at them before they are registered for good. False when none was empty.</summary>
    private async Task<bool> MeasureMissingAsync(CancellationToken cancellationToken)
    {
        var missing = Input.Artefacts.Index().Where(row => row.Item is { Digest: null or "", Path.Length: > 0, Store.Length: > 0 }).ToList();
        foreach (var (row, artefact) in missing) await MeasureAsync(row, artefact, cancellationToken);
        return missing.Count > 0;
    }

    private async Task MeasureAsync(int row, VersionForm.ArtefactRow artefact, CancellationToken cancellationToken)
    {
        var asked = await AskAsync(artefact, StoreQuestion.Digest, artefact.Path?.Trim() ?? "", cancellationToken);
        if (asked is { Digest: { } digest })
        {
            (artefact.Digest, artefact.Size, artefact.Look) = (digest.ToString(), asked.Size, null);
            Said[row] = $"A worker read {artefact.Path}: this is its digest now. Compare it with what was published, where somebody else built it.";
        }
        else
        {
            Said.TryAdd(row, asked?.Trouble ?? NotYet);
        }
    }

    /// <summary>Null when nobody has answered in time, or the question was refused and that is said.</summary>
    private async Task<ShowStoreLook.View?> AskAsync(VersionForm.ArtefactRow artefact, StoreQuestion question, string path, CancellationToken cancellationToken)
    {
        ModelState.Clear(); // nothing is registered yet, so nothing is wrong yet
        var store = artefact.Store ?? "";
        if (artefact.Look is { } before && await sender.Send(new ShowStoreLook(store, before), cancellationToken) is { Error: null, Value: var known }
            && (known.Path != path || known.Question != question)) artefact.Look = null;
        if (artefact.Look is null)
        {
            var asked = await sender.Send(new LookIntoStore(store, question, path), cancellationToken);
            if (asked.Error is { } refusal)
            {
                Said[Input.Artefacts.IndexOf(artefact)] = string.Join(' ', refusal.Fields.Count == 0 ? [refusal.Message] : refusal.Fields.SelectMany(field => field.Value));
                return null;
            }

            artefact.Look = Guid.Parse(asked.Value);
        }

        return await AnswerAsync(store, artefact, cancellationToken);
    }

    private async Task<ShowStoreLook.View?> AnswerAsync(string store, VersionForm.ArtefactRow artefact, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < Patience && artefact.Look is { } look; waited += Pause)
        {
            var shown = await sender.Send(new ShowStoreLook(store, look), cancellationToken);
            if (shown.Error is not null || shown.Value.IsAnswered) artefact.Look = null;
            if (shown is { Error: null, Value.IsAnswered: true }) return shown.Value;
            await Task.Delay(Pause, cancellationToken);
        }

        return null;
    }

    private VersionForm.ArtefactRow? RowAt(int row) => row >= 0 && row < Input.Artefacts.Count ? Input.Artefacts[row] : null;
}
