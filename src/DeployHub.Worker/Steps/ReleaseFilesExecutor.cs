using System.Globalization;
using System.Text.RegularExpressions;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;

namespace DeployHub.Worker.Steps;

/// <summary>
/// Unpacks beside, then switches one link by renaming over it: whoever looks sees the old release or the new one, and a lost worker
/// leaves at most a folder that begins with .incoming and is swept away by the next visit.
/// </summary>
internal sealed partial class ReleaseFilesExecutor(OnTarget target, TargetFiles files, ArtefactSource source, SafeTars tars) : TargetExecutor<ReleaseFiles>
{
    protected override async Task<StepOutcome> DoAsync(ReleaseFiles settings, StepContext context, CancellationToken cancellationToken)
    {
        if (Objection(settings) is { } objection) return new StepOutcome.Failed(objection);

        var (artefact, fetched) = await source.FetchAsync(context.Version!, settings.Artefact, cancellationToken);
        using var held = fetched;
        if (fetched.Trouble is { } trouble) return new StepOutcome.Failed(trouble.Sentence, trouble.Cause);

        var visit = new Visit(settings, context, artefact!.Digest, target, files);
        var found = await visit.LookAsync(cancellationToken);
        if (found.Refusal is { } refusal) return refusal;

        if (!found.IsHeld && await BringAsync(visit, fetched.File!, artefact, found, cancellationToken) is { } failure) return failure;
        return await visit.ReleaseAsync(found.IsHeld, cancellationToken);
    }

    private async Task<StepOutcome.Failed?> BringAsync(Visit visit, string archive, Artefact artefact, Found found, CancellationToken cancellationToken)
    {
        try
        {
            return await tars.UseAsync(archive, artefact.Digest, visit.Settings.Strip, visit.Settings.MaximumMiB * 1024L * 1024, PutAsync, cancellationToken);
        }
        catch (UnsafeArchiveException unsafeArchive)
        {
            return new StepOutcome.Failed($"The artefact {artefact.Name} {unsafeArchive.Message}, so nothing of it was unpacked on {visit.Context.Subject}.", HaltCause.ComponentMissing);
        }

        async Task<StepOutcome.Failed?> PutAsync(SafeTarFile tar)
        {
            visit.Context.Log.Write(LogStream.Hub, $"{artefact.Name} holds {tar.Content.Files:N0} files, {tar.Content.Bytes:N0} bytes.");
            var needed = (tar.Length + tar.Content.Bytes) / 1024;
            return needed > found.FreeKiB ? visit.Full(needed, found.FreeKiB) : await visit.PutAsync(tar, needed, cancellationToken);
        }
    }

    /// <summary>Parameters were filled in after the model was checked.</summary>
    private static string? Objection(ReleaseFiles settings) => settings switch
    {
        _ when !FolderName().IsMatch(settings.Label) => $"“{settings.Label}” cannot name a release's folder: use letters, digits and . _ + - only, not beginning with a dot.",
        _ when IsOutside(settings.To) => $"“{settings.To}” would leave the target's directory.",
        _ => (settings.Shared ?? []).FirstOrDefault(IsOutside) is { } outside ? $"The shared path “{outside}” would leave the release's folder." : null,
    };

    private static bool IsOutside(string path) => path.Length == 0 || path[0] is '/' or '~' || path.Split('/').Contains("..") || path.Any(char.IsControl);

    [GeneratedRegex(@"^[A-Za-z0-9_+-][A-Za-z0-9._+-]{0,127}\z")]
    private static partial Regex FolderName();

    private const string Look = """
        { [ -d "$TO/releases" ] && [ -d "$TO/shared" ] || mkdir -p "$TO/releases" "$TO/shared"; } && cd "$TO" || exit 1
        for left in releases/.incoming-* .current-* .previous-*; do
          if [ -e "$left" ] || [ -L "$left" ]; then rm -rf "$left" || exit 1; fi
        done
        [ -L current ] || [ ! -e current ] || { echo "foreign=current"; exit 0; }
        if [ -e "releases/$LABEL" ] || [ -L "releases/$LABEL" ]; then held=; { read -r held <"releases/$LABEL/$MARKER"; } 2>/dev/null; echo "held=$held"; fi
        [ -z "$SHARED" ] || printf '%s\n' "$SHARED" | while IFS= read -r path; do
          [ -z "$path" ] || [ "${path%/}" != "$path" ] || [ -e "shared/$path" ] || echo "missing=$path"
        done
        LC_ALL=C df -Pk . || true
        """;

    private const string Unpack = """
        unpack() {
          cd "$TO" && root=$(pwd) && cd releases || return 1
          mkdir "$INCOMING" && tar -xof "$INCOMING.tar" -C "$INCOMING" || return 1
          rm -f "$INCOMING.tar"
          cd "$INCOMING" || return 1
          [ -z "$SHARED" ] || printf '%s\n' "$SHARED" | while IFS= read -r path; do
            [ -n "$path" ] || continue
            clean=${path%/}
            [ "$clean" = "$path" ] || mkdir -p "$root/shared/$clean" || exit 1
            rm -rf "./$clean" && mkdir -p "$(dirname "./$clean")" && ln -s "$root/shared/$clean" "./$clean" || exit 1
          done || return 1
          printf '%s\n' "$DIGEST" > "$MARKER" || return 1
          sync -f . 2>/dev/null || sync
          cd .. && mv -T "$INCOMING" "$LABEL" && cd "$home"
        }
        home=$(pwd)
        unpack || { code=$?; cd "$home" && rm -rf "$TO/releases/$INCOMING" "$TO/releases/$INCOMING.tar"; exit $code; }
        echo "unpacked=yes"
        """;

    private const string Switch = """
        cd "$TO" || exit 1
        old= new="releases/$LABEL"
        [ ! -L current ] || old=$(readlink current)
        touch -c "$new"
        point() { ln -s "$2" ".$1-$INCOMING" && mv -fT ".$1-$INCOMING" "$1" || { rm -f ".$1-$INCOMING"; exit 1; }; }
        if [ "$old" != "$new" ]; then
          [ -z "$old" ] || point previous "$old"
          point current "$new"
        fi
        { read -r found <"current/$MARKER"; } 2>/dev/null
        [ "$(readlink current)" = "$new" ] && [ "$found" = "$DIGEST" ] || { echo "current does not lead to $new with its content"; exit 1; }
        current=$LABEL previous=
        [ ! -L previous ] || previous=$(readlink previous)
        previous=${previous#releases/}
        echo "previous=$previous"
        set -- releases/*
        if [ $# -gt "$KEEP" ]; then
          kept=1; [ -z "$previous" ] || [ "$previous" = "$current" ] || kept=2
          ls -1t releases | while IFS= read -r name; do
            [ "$name" != "$current" ] && [ "$name" != "$previous" ] && [ -f "releases/$name/$MARKER" ] || continue
            kept=$((kept + 1))
            [ "$kept" -le "$KEEP" ] || { rm -rf "releases/$name" && echo "pruned=$name"; }
          done
        fi
        cd current && echo "path=$(pwd -P)"
        true
        """;

    /// <summary>What the target held before.</summary>
    private sealed record Found(bool IsHeld, long FreeKiB, StepOutcome.Failed? Refusal);

    private sealed class Visit(ReleaseFiles settings, StepContext context, Digest digest, OnTarget target, TargetFiles files)
    {
        private readonly Dictionary<string, string> _environment = new()
        {
            ["TO"] = settings.To.Trim('/'),
            ["LABEL"] = settings.Label,
            ["DIGEST"] = digest.ToString(),
            ["MARKER"] = SafeTar.Marker,
            ["KEEP"] = settings.Keep.ToString(CultureInfo.InvariantCulture),
            ["SHARED"] = string.Join('\n', settings.Shared ?? []),
            ["INCOMING"] = $".incoming-{Guid.NewGuid():N}",
        };

        public ReleaseFiles Settings => settings;

        public StepContext Context => context;

        /// <summary>Makes the folders, sweeps up after lost workers and tells what is there.</summary>
        public async Task<Found> LookAsync(CancellationToken cancellationToken)
        {
            var said = await RunAsync(Look, cancellationToken);
            if (said.ExitCode != 0) return new Found(false, 0, Failed($"The folders of the releases cannot be used on {context.Subject}{said.LastWords}", said));

            var answers = said.Lines.Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
            return new Found(answers["held"].Contains(digest.ToString()), FreeKiB(said.Lines), Refusal(answers));
        }

        public async Task<StepOutcome.Failed?> PutAsync(SafeTarFile tar, long neededKiB, CancellationToken cancellationToken)
        {
            var incoming = $"{(settings.To.Trim('/') is "." ? "" : settings.To.Trim('/') + "/")}releases/{_environment["INCOMING"]}.tar";
            if (await files.PutAsync(tar.Path, incoming, context, cancellationToken, tar.Digest) is not { } refusal) return null;

            var free = (await LookAsync(cancellationToken)).FreeKiB; // over SFTP a full disk is only a “Failure”
            return free < neededKiB ? Full(neededKiB, free) : new StepOutcome.Failed(refusal);
        }

        /// <summary>Unpacks what was brought, renames one link over the other, reads back what it says, and prunes: in one command, as each costs a host more than it does.</summary>
        public async Task<StepOutcome> ReleaseAsync(bool isHeld, CancellationToken cancellationToken)
        {
            var said = await RunAsync(isHeld ? Switch : $"{Unpack}\n{Switch}", cancellationToken);
            if (said.ExitCode != 0)
                return isHeld || said.Lines.Contains("unpacked=yes")
                    ? Failed($"“current” cannot be switched to release {settings.Label} on {context.Subject}{said.LastWords}", said)
                    : Failed($"The release {settings.Label} cannot be unpacked on {context.Subject}, and “current” stays as it was{said.LastWords}", said);

            var answers = said.Lines.Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
            context.Log.Write(LogStream.Hub, $"“current” leads to release {settings.Label}{(isHeld ? ", which was here already" : "")}.");
            return new StepOutcome.Succeeded(
            [
                new Evidence("Release", answers["path"].First()),
                new Evidence("Previous release", answers["previous"].FirstOrDefault() is { Length: > 0 } previous ? previous : "none"),
                new Evidence("Digest", digest.ToString()),
                .. answers["pruned"].Any() ? [new Evidence("Pruned", string.Join(", ", answers["pruned"]))] : Array.Empty<Evidence>(),
            ]);
        }

        /// <summary>The fourth column of the second line that <c>df</c> prints.</summary>
        private static long FreeKiB(IReadOnlyList<string> lines) =>
            lines.SkipWhile(line => !line.StartsWith("Filesystem", StringComparison.Ordinal)).Skip(1).FirstOrDefault()?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, var free, ..]
            && long.TryParse(free, CultureInfo.InvariantCulture, out var kibibytes) ? kibibytes : long.MaxValue;

        public StepOutcome.Failed Full(long neededKiB, long freeKiB) => new(
            $"{context.Subject} has {freeKiB / 1024:N0} MiB free and release {settings.Label} needs {(neededKiB + 1023) / 1024:N0} MiB; “current” stays as it was.", HaltCause.CapacityLow);

        private StepOutcome.Failed? Refusal(ILookup<string, string> answers)
        {
            if (answers["foreign"].Any()) return new StepOutcome.Failed($"On {context.Subject} “current” is no link, so it cannot be switched: move away what is there.", HaltCause.PrerequisiteMissing);
            if (answers["missing"].FirstOrDefault() is { } missing) return new StepOutcome.Failed($"The shared file shared/{missing} is not on {context.Subject}: put it there, then retry.", HaltCause.PrerequisiteMissing);
            if (answers["held"].FirstOrDefault(held => held != digest.ToString()) is { } other)
                return new StepOutcome.Failed($"On {context.Subject} releases/{settings.Label} holds {(other.Length == 0 ? "something that no release was unpacked to" : $"another content ({other})")}; one label names one content.", HaltCause.DriftDetected);
            return null;
        }

        private StepOutcome.Failed Failed(string sentence, Said said) =>
            said.Lines.Any(line => line.Contains("No space left", StringComparison.Ordinal))
                ? new StepOutcome.Failed($"{context.Subject} has no space left for release {settings.Label}; “current” stays as it was.", HaltCause.CapacityLow)
                : new StepOutcome.Failed(sentence.ReplaceLineEndings(" "));

        private async Task<Said> RunAsync(string script, CancellationToken cancellationToken) => (await target.RunAsync(script, context, cancellationToken, _environment, isLogged: false))!;
    }
}
