using System.Globalization;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps.Configuration;

namespace DeployHub.Worker.Steps;

/// <summary>Reads every file, works out every new text, and only then replaces those that changed. Done again, it finds nothing to change.</summary>
internal sealed class ConfigureFilesExecutor(OnTarget target, TargetFiles files) : TargetExecutor<ConfigureFiles>
{
    private const int LargestMiB = 4;

    protected override async Task<StepOutcome> DoAsync(ConfigureFiles settings, StepContext context, CancellationToken cancellationToken)
    {
        if (IsOutside(settings.Folder)) return new StepOutcome.Failed($"“{settings.Folder}” would leave the target's directory.");
        if (settings.Files.FirstOrDefault(file => IsOutside(file.File)) is { } outside) return new StepOutcome.Failed($"“{outside.File}” would leave its folder.");

        var edits = new List<Edit>();
        foreach (var file in settings.Files)
        {
            var (edit, trouble) = await WorkOutAsync(settings.Folder, file, context, cancellationToken);
            if (trouble is not null) return trouble;
            if (edits.Find(known => known.Path == edit!.Path) is { } same)
                return new StepOutcome.Failed($"{same.File.File} and {file.File} are the same file on {context.Subject}: name it once; nothing was changed.", HaltCause.PrerequisiteMissing);
            edits.Add(edit!);
        }

        foreach (var edit in edits.Where(edit => edit.Changed.Count > 0))
            if (await ReplaceAsync(edit, context, cancellationToken) is { } failed) return failed;
        return Done(edits, context);
    }

    private async Task<(Edit? Edit, StepOutcome.Failed? Trouble)> WorkOutAsync(string folder, ConfiguredFile file, StepContext context, CancellationToken cancellationToken)
    {
        StepOutcome.Failed Refused(string why) => new($"{file.File} on {context.Subject} {why.TrimEnd('.')}; nothing was changed.", HaltCause.PrerequisiteMissing);

        if (file.Read() is not { } format) return (null, Refused("does not say by its name what format it has"));
        var (path, bytes, trouble) = await ReadAsync(folder, file.File, context, cancellationToken);
        if (trouble is not null) return (null, Refused(trouble));

        try
        {
            var before = FileText.Read(bytes!, file.Encoding, format);
            var (text, changed) = ConfigurationText.Apply(format, before.Text, file.Set, file.Add);
            return (new Edit(file, path!, changed, before.BytesOf(text)), null);
        }
        catch (UneditableException uneditable)
        {
            return (null, Refused(uneditable.Message));
        }
    }

    /// <summary>A link is followed, as far as it stays below the target's directory.</summary>
    private async Task<(string? Path, byte[]? Bytes, string? Trouble)> ReadAsync(string folder, string file, StepContext context, CancellationToken cancellationToken)
    {
        var said = (await target.RunAsync(
            """
            root=$(pwd -P)
            cd "$FOLDER" 2>/dev/null || { echo "trouble=cannot be looked for: there is no folder $FOLDER"; exit 0; }
            [ -e "$FILE" ] || { echo "trouble=is not there"; exit 0; }
            [ -f "$FILE" ] || { echo "trouble=is no file"; exit 0; }
            real=$(readlink -f "$FILE") || exit 1
            case "$real" in "$root"/*) ;; *) echo "trouble=leads out of the target's directory"; exit 0;; esac
            [ -r "$real" ] || { echo "trouble=cannot be read"; exit 0; }
            [ "$(wc -c < "$real")" -le "$MOST" ] || { echo "trouble=is larger than any configuration"; exit 0; }
            echo "path=${real#"$root"/}"
            base64 < "$real" | tr -d '\n' | fold -w 6000
            echo
            """, context, cancellationToken, new Dictionary<string, string> { ["FOLDER"] = folder, ["FILE"] = file, ["MOST"] = (LargestMiB * 1024 * 1024).ToString(CultureInfo.InvariantCulture) }, isLogged: false))!;
        if (said.ExitCode != 0) return (null, null, $"cannot be read{said.LastWords}");
        if (said.Lines.FirstOrDefault(line => line.StartsWith("trouble=", StringComparison.Ordinal)) is { } trouble) return (null, null, trouble["trouble=".Length..]);

        var path = said.Lines.SkipWhile(line => !line.StartsWith("path=", StringComparison.Ordinal)).ToList();
        return (path[0]["path=".Length..], Convert.FromBase64String(string.Concat(path.Skip(1))), null);
    }

    /// <summary>The new text goes beside into a folder that only this account reads, takes over mode and owner there, and is renamed over the old one.</summary>
    private async Task<StepOutcome.Failed?> ReplaceAsync(Edit edit, StepContext context, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string> { ["REAL"] = edit.Path, ["PLACE"] = $"{(edit.Path.Contains('/') ? edit.Path[..(edit.Path.LastIndexOf('/') + 1)] : "")}.configure-{Guid.NewGuid():N}" };
        StepOutcome.Failed Failed(string why) => new($"{edit.File.File} cannot be replaced on {context.Subject}{why}".ReplaceLineEndings(" "));

        var made = (await target.RunAsync("""find "$(dirname "$REAL")" -maxdepth 1 -name '.configure-*' -mmin +60 -exec rm -rf {} + ; mkdir -m 700 "$PLACE" """, context, cancellationToken, environment, isLogged: false))!;
        if (made.ExitCode != 0) return Failed(made.LastWords);

        var refusal = await PutAsync(edit.Bytes, $"{environment["PLACE"]}/new", context, cancellationToken);
        var said = refusal is not null ? null : await target.RunAsync(
            """
            same() { ls -nd "$1" | awk '{ print $1, $3, $4 }'; }
            replace() {
              cp -p "$REAL" "$PLACE/copy" || return 1
              locked=; [ -w "$PLACE/copy" ] || { locked=1; chmod u+w "$PLACE/copy" || return 1; }
              cat "$PLACE/new" > "$PLACE/copy" || return 1
              [ -z "$locked" ] || chmod u-w "$PLACE/copy"
              [ "$(same "$REAL")" = "$(same "$PLACE/copy")" ] || { echo "this account cannot keep its mode and owner"; return 1; }
              sync -f "$PLACE/copy" 2>/dev/null || sync
              mv -f "$PLACE/copy" "$REAL"
            }
            replace; code=$?
            rm -rf "$PLACE"
            exit $code
            """, context, cancellationToken, environment, isLogged: false);
        if (said is { ExitCode: 0 }) return null;

        if (said is null) await target.RunAsync("""rm -rf "$PLACE" """, context, cancellationToken, environment, isLogged: false);
        return Failed(said is null ? $": {refusal}" : said.LastWords);
    }

    private async Task<string?> PutAsync(byte[] bytes, string to, StepContext context, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("deployhub-configure-").FullName; // only this account reads what lies in it
        try
        {
            var file = Path.Combine(scratch, "new");
            await File.WriteAllBytesAsync(file, bytes, cancellationToken);
            return await files.PutAsync(file, to, context, cancellationToken);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static StepOutcome.Succeeded Done(List<Edit> edits, StepContext context)
    {
        foreach (var edit in edits)
            context.Log.Write(LogStream.Hub, edit.Changed.Count == 0 ? $"{edit.File.File} says everything already." : $"{edit.File.File}: changed {string.Join(", ", edit.Changed)}");
        return new StepOutcome.Succeeded([.. edits.Select(edit => new Evidence(edit.File.File, edit.Changed.Count == 0 ? "unchanged" : $"changed {string.Join(", ", edit.Changed)}"))]);
    }

    private static bool IsOutside(string path) => path.Length == 0 || path[0] is '/' or '~' || path.Split('/').Contains("..") || path.Any(char.IsControl);

    private sealed record Edit(ConfiguredFile File, string Path, IReadOnlyList<string> Changed, byte[] Bytes);
}
