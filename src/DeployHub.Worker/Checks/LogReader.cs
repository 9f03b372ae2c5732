using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Models.Steps;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Reads the end of a log off a target with one command, which changes nothing there. As with facts, an answer stands behind a mark that the host cannot know.</summary>
internal sealed class LogReader(OnTarget target, TimeProvider clock)
{
    /// <param name="since">When the time begins that is asked for.</param>
    /// <returns>The text, or why there is none, in words that follow “could not be read: ”. Null when only people reach the target.</returns>
    /// <exception cref="HostRefusedException">The host cannot be used.</exception>
    public async Task<Result<LogText>?> ReadAsync(CheckLogs settings, DateTimeOffset since, StepContext context, CancellationToken cancellationToken)
    {
        var mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var most = settings.MostKiB * 1024;
        var script = Functions.Replace("MARK", mark, StringComparison.Ordinal).Replace("MOST", most.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("NOW", clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var question = settings.Unit is { } unit
            ? string.Create(CultureInfo.InvariantCulture, $"journal {RemoteCommand.Quoted(unit)} {since.ToUnixTimeSeconds()}")
            : $"file {RemoteCommand.Quoted(settings.File!)}";
        var said = await target.RunAsync($"{script}\n{question}\n:", context, cancellationToken, isLogged: false);
        if (said is null) return null;

        var answer = Answer.Of(said.Lines, $"{mark} ");
        if (answer.Cannot is { } why) return Unreadable(why);
        if (!answer.IsWhole) return Unreadable($"the host did not answer (exit code {said.ExitCode.ToString(CultureInfo.InvariantCulture)})");
        return settings.Unit is null ? OfFile(answer, most) : OfJournal(answer, most);
    }

    private static Result<LogText> OfFile(Answer answer, int most)
    {
        if (answer.New.Length < Math.Min(answer.Size, most)) return Unreadable("its content did not come whole");
        if (answer.Clock is not { } now) return Unreadable("the host does not say what time it is");

        var isUncut = answer.Size <= most && answer.Old.Length < most - answer.Size;
        var isWhole = isUncut && answer is { Rotated: null, LeftOut: null }; // what was rotated once may have been rotated before
        return new LogText(TextOf([.. answer.Old, .. answer.New]), isWhole, new LogDates(now, now.Offset))
        {
            BeginsALine = isUncut,
            Rotated = answer.Rotated,
            LeftOut = answer.LeftOut,
            Ahead = TimeSpan.FromSeconds(answer.Ahead),
        };
    }

    /// <summary>The journal dates every line of its own; what begins otherwise is journalctl itself, which says that it may not look.</summary>
    private static Result<LogText> OfJournal(Answer answer, int most)
    {
        var isWhole = answer.New.Length <= most;
        var lines = TextOf(answer.New).Split('\n').Skip(isWhole ? 0 : 1).Where(line => line.Length > 0 && !line.StartsWith("-- ", StringComparison.Ordinal)).ToList();
        return lines.Find(line => !char.IsAsciiDigit(line[0]) && line[0] != ' ') is { } objection
            ? Unreadable(Words.Beginning(Printable.Of(objection), 200))
            : new LogText(isWhole ? string.Join('\n', lines) : $"\n{string.Join('\n', lines)}", isWhole, null);
    }

    private static string TextOf(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static Error Unreadable(string why) => new(ErrorKind.Conflict, "check-logs.unreadable", why);

    /// <summary>POSIX sh. Content comes as hexadecimal digits, so that nothing in a log can be taken for an answer.</summary>
    private const string Functions =
        """
        LC_ALL=C; export LC_ALL
        say() { printf 'MARK %s %s\n' "$1" "$(printf %s "$2" | tr -d '\000-\037' | cut -c 1-600)"; }
        hex() { od -An -v -tx1 | tr -d ' \n' | fold -w 6000 | while IFS= read -r l || [ -n "$l" ]; do printf 'MARK %s %s\n' "$1" "$l"; done; }
        ahead() { # of the worker's clock; a few seconds are the way of the command
          d=$(( $(date +%s) - NOW )); if [ "${d#-}" -le 15 ]; then d=0; fi
        }
        readable() {
          [ -f "$1" ] && [ -r "$1" ] || return 1
          case $1 in *.gz) gzip -t < "$1" 2>/dev/null ;; *.xz|*.zst|*.bz2|*.lz4|*.lzma|*.lzo|*.Z|*.zip) return 1 ;; esac
        }
        file() {
          [ -e "$1" ] || { say cannot "there is no file $1 that this account can see"; return 0; }
          [ -f "$1" ] || { say cannot "$1 is no file"; return 0; }
          [ -r "$1" ] || { say cannot "this account may not read $1"; return 0; }
          say clock "$(date '+%s %z')"; ahead; say ahead "$d"
          s=$(wc -c < "$1" | tr -d ' '); say size "$s"
          tail -c MOST < "$1" | hex new
          r=$(ls -td -- "$1"[.-][0-9]* 2>/dev/null | head -n 1)
          if [ -n "$r" ] && [ "$s" -lt MOST ]; then
            if readable "$r"; then
              say rotated "$r"
              case $r in *.gz) gzip -dc < "$r" ;; *) cat < "$r" ;; esac | tail -c $((MOST - s)) | hex old
            else say leftout "$r"; fi
          fi
          say end ok
        }
        journal() {
          command -v journalctl >/dev/null 2>&1 || { say cannot "the host has no systemd journal"; return 0; }
          if [ "$(systemctl show -p LoadState --value -- "$1" 2>/dev/null)" = not-found ] && [ -z "$(journalctl --no-pager -q -n 1 -o short-iso -u "$1" 2>/dev/null)" ]; then
            say cannot "the host knows no unit $1"; return 0
          fi
          ahead
          journalctl --no-pager -o short-iso --since "@$(( $2 + d ))" -u "$1" 2>&1 | tail -c $((MOST + 1)) | hex new
          say end ok
        }
        """;

    private sealed record Answer(byte[] New, byte[] Old, long Size, DateTimeOffset? Clock, int Ahead, string? Rotated, string? LeftOut, string? Cannot, bool IsWhole)
    {
        public static Answer Of(IEnumerable<string> lines, string mark)
        {
            var said = lines.Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..].Split(' ', 2)).Where(parts => parts.Length == 2).ToLookup(parts => parts[0], parts => parts[1]);
            return new Answer(
                BytesOf(said["new"]), BytesOf(said["old"]), long.TryParse(said["size"].FirstOrDefault(), CultureInfo.InvariantCulture, out var size) ? size : 0, ClockOf(said["clock"].FirstOrDefault()),
                int.TryParse(said["ahead"].FirstOrDefault(), CultureInfo.InvariantCulture, out var ahead) ? ahead : 0,
                said["rotated"].FirstOrDefault(), said["leftout"].FirstOrDefault(), said["cannot"].FirstOrDefault(), said["end"].Any());
        }

        private static byte[] BytesOf(IEnumerable<string> hex)
        {
            try
            {
                return Convert.FromHexString(string.Concat(hex));
            }
            catch (FormatException)
            {
                return []; // shorter than it has to be, which is noticed
            }
        }

        private static DateTimeOffset? ClockOf(string? said) =>
            said?.Split(' ') is [var seconds, var zone] && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var now) && LogDates.OffsetOf(zone) is { } offset
                ? DateTimeOffset.FromUnixTimeSeconds(now).ToOffset(offset)
                : null;
    }
}
