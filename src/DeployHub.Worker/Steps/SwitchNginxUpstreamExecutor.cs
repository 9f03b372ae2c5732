using DeployHub.Domain;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

/// <summary>
/// The former file is kept beside the new one until nginx has taken it. What a lost worker left there is the last one known to be good,
/// so a second visit does not overwrite it.
/// </summary>
internal sealed class SwitchNginxUpstreamExecutor(OnTarget target, TargetFiles files) : TargetExecutor<SwitchNginxUpstream>
{
    /// <summary>Beside the file itself, also where a link leads to it; no include of *.conf takes names that begin with a dot.</summary>
    private const string Names = """
        if [ -L "$FILE" ]; then FILE=$(readlink -f "$FILE"); fi
        folder=$(dirname "$FILE") name=$(basename "$FILE")
        NEW="$folder/.$name.deployhub-new" KEPT="$folder/.$name.deployhub-former" NONE="$folder/.$name.deployhub-none"
        """;

    private const string Write = """
        [ -d "$folder" ] || { echo "there is no folder $folder"; exit 1; }
        if $SUDO [ ! -e "$KEPT" ] && $SUDO [ ! -e "$NONE" ]; then
          if $SUDO [ -e "$FILE" ]; then $SUDO cp -p "$FILE" "$KEPT"; else $SUDO touch "$NONE"; fi || exit 1
        fi
        if $SUDO [ -e "$FILE" ]; then $SUDO cp -p "$FILE" "$NEW" || exit 1; fi
        $SUDO sh -c 'cat "$1" > "$2"' sh "$SENT" "$NEW" && $SUDO mv -f "$NEW" "$FILE" && rm -f "$SENT"
        """;

    private const string Restore = """
        if $SUDO [ -e "$KEPT" ]; then $SUDO mv -f "$KEPT" "$FILE"; elif $SUDO [ -e "$NONE" ]; then $SUDO rm -f "$FILE" "$NONE"; fi
        """;

    protected override async Task<StepOutcome> DoAsync(SwitchNginxUpstream settings, StepContext context, CancellationToken cancellationToken)
    {
        if (settings.File.Length == 0 || settings.File.Any(char.IsControl)) return new StepOutcome.Failed($"“{settings.File.ReplaceLineEndings(" ")}” cannot name a file.");

        var visit = new Visit(settings, context, target, files);
        try
        {
            return await visit.SwitchAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5)); // nobody may wait long now, but nginx must not be left with a file that it never tested
            await visit.RunAsync(Restore, limit.Token);
            throw;
        }
    }

    private sealed class Visit(SwitchNginxUpstream settings, StepContext context, OnTarget target, TargetFiles files)
    {
        private readonly string _sent = $".deployhub-sent-{Guid.NewGuid():N}";

        public async Task<StepOutcome> SwitchAsync(CancellationToken cancellationToken)
        {
            if (await SendAsync(cancellationToken) is { } refusal) return new StepOutcome.Failed(refusal);
            var written = await RunAsync(Write, cancellationToken);
            if (written.ExitCode != 0) return await FailedAsync($"{settings.File} cannot be written on {context.Subject}{written.LastWords}", cancellationToken);

            var tested = await RunAsync($"$SUDO {settings.Test}", cancellationToken);
            if (tested.ExitCode != 0) return await FailedAsync($"nginx on {context.Subject} refuses {settings.File}, and what was there before is back{FirstComplaint(tested)}", cancellationToken);

            var reloaded = await RunAsync($"$SUDO {settings.Reload}", cancellationToken);
            if (reloaded.ExitCode != 0) return await FailedAsync($"nginx on {context.Subject} did not reload, and {settings.File} is as it was before{reloaded.LastWords}", cancellationToken);

            var former = await RunAsync("""if $SUDO [ -e "$KEPT" ]; then $SUDO sha256sum "$KEPT" | cut -d' ' -f1; fi; $SUDO rm -f "$KEPT" "$NONE" """, cancellationToken);
            context.Log.Write(LogStream.Hub, $"nginx has read {settings.File} again.");
            return new StepOutcome.Succeeded(
            [
                new Evidence("File", settings.File),
                new Evidence("Content", Digest.OfText(settings.Content).ToString()),
                new Evidence("Content before", former.Lines.Count > 0 ? $"sha256:{former.Lines[^1]}" : "none"),
            ]);
        }

        public async Task<Said> RunAsync(string script, CancellationToken cancellationToken) =>
            (await target.RunAsync($"{Names}\n{script}", context, cancellationToken, new Dictionary<string, string> { ["FILE"] = settings.File, ["SENT"] = _sent, ["SUDO"] = settings.Sudo ? "sudo -n" : "" }))!;

        private async Task<string?> SendAsync(CancellationToken cancellationToken)
        {
            var file = Path.GetTempFileName();
            try
            {
                await File.WriteAllTextAsync(file, settings.Content, cancellationToken);
                return await files.PutAsync(file, _sent, context, cancellationToken);
            }
            finally
            {
                File.Delete(file);
            }
        }

        private async Task<StepOutcome> FailedAsync(string sentence, CancellationToken cancellationToken)
        {
            await RunAsync(Restore, cancellationToken);
            return new StepOutcome.Failed(sentence);
        }

        /// <summary>nginx says first what is wrong and last that the test failed.</summary>
        private static string FirstComplaint(Said said) =>
            said.Lines.FirstOrDefault(line => line.Contains("[emerg]", StringComparison.Ordinal)) is { } complaint ? $": {complaint.Trim()}" : said.LastWords;
    }
}
