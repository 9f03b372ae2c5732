using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;
using DeployHub.Worker.Steps;
using DeployHub.Worker.Steps.Configuration;

namespace DeployHub.Worker.Checks;

/// <summary>
/// Reads facts of a target, all with one command. It changes nothing there and believes nothing that it is told: an answer has to stand
/// behind a mark that the host cannot know beforehand, is cut, and is freed of what is no character.
/// </summary>
internal sealed class FactReader(OnTarget target)
{
    private const string SecretTrouble = "its value looks like a secret, which is not kept";
    private const int LongestValue = 300;
    private const int LargestFile = 256 * 1024;
    private const int LargestTogether = 4 * 1024 * 1024; // what is asked of one target's files at once

    /// <returns>Null when only people reach the target.</returns>
    /// <exception cref="HostRefusedException">The host cannot be used.</exception>
    public async Task<IReadOnlyList<SeenFact>?> ReadAsync(IReadOnlyList<WatchedFact> facts, StepContext context, CancellationToken cancellationToken)
    {
        var mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var said = await target.RunAsync(Script(facts, mark), context, cancellationToken, isLogged: false);
        if (said is null) return null;

        var answers = Answers(said, mark, facts.Count);
        return [.. facts.Select((fact, index) => Read(fact, answers[index], said))];
    }

    private static string Script(IReadOnlyList<WatchedFact> facts, string mark)
    {
        var questions = facts.Select((fact, index) => string.Create(CultureInfo.InvariantCulture, $"n={index}; {Question(fact)}"));
        var functions = Functions.Replace("MARK", mark, StringComparison.Ordinal).Replace("LARGEST", LargestFile.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return $"{functions}\n{string.Join('\n', questions)}\n:";
    }

    private static string Question(WatchedFact fact) => fact.Kind switch
    {
        FactKind.File => $"hash_of {RemoteCommand.Quoted(fact.Name)}",
        FactKind.Package => $"package {RemoteCommand.Quoted(fact.Name)}",
        FactKind.Service => $"unit {RemoteCommand.Quoted(fact.Name)}",
        FactKind.Port => $"port {int.Parse(fact.Name, CultureInfo.InvariantCulture):X4} {fact.Name}",
        FactKind.Certificate => $"content {RemoteCommand.Quoted(fact.Name)}",
        FactKind.Setting => $"content {RemoteCommand.Quoted(fact.File!)}",
        _ => $"label {RemoteCommand.Quoted(fact.File!)}",
    };

    /// <summary>POSIX sh. Each question answers with one line “value”, or “cannot” and why, or “there” and why it cannot be read though it is there, or “content” and how many bytes follow in lines of their own.</summary>
    private const string Functions =
        """
        LC_ALL=C; export LC_ALL
        answer() {
          case $2 in
            *[!" "-~]*) said=$(printf %s "$2" | tr -d '\000-\037' | cut -c 1-1200) ;;
            *) said=$2 ;; # what is plain costs no process
          esac
          printf 'MARK %s %s %.1200s\n' "$n" "$1" "$said"
        }
        up() { case $1 in */*) d=${1%/*}; d=${d:-/} ;; *) d=. ;; esac; }
        there() {
          if [ -e "$1" ] || [ -L "$1" ]; then return 0; fi
          up "$1"
          while [ ! -e "$d" ] && [ ! -L "$d" ] && [ "$d" != / ] && [ "$d" != . ]; do up "$d"; done
          if [ ! -e "$d" ]; then answer cannot "$d leads nowhere that this account can see"
          elif [ -d "$d" ] && [ ! -x "$d" ]; then answer cannot "this account may not look into $d"
          else answer value absent; fi
          return 1
        }
        readable() {
          there "$1" || return 1
          if [ -d "$1" ]; then answer there "$1 is a folder, and no file"; return 1; fi
          [ -f "$1" ] || { answer there "$1 is no file"; return 1; }
          [ -r "$1" ] || { answer there "this account may not read $1"; return 1; }
        }
        hash_of() {
          readable "$1" || return 0
          if command -v sha256sum >/dev/null 2>&1; then h=$(sha256sum < "$1") || h=
          elif command -v shasum >/dev/null 2>&1; then h=$(shasum -a 256 < "$1") || h=
          elif command -v openssl >/dev/null 2>&1; then h=$(openssl dgst -sha256 -r < "$1") || h=
          else answer cannot "the host has none of sha256sum, shasum and openssl"; return 0; fi
          h=${h%% *}; [ ${#h} -eq 64 ] && answer value "sha256:$h" || answer cannot "$1 could not be read to its end"
        }
        content() {
          readable "$1" || return 0
          s=$(wc -c < "$1" | tr -d ' ')
          [ -n "$s" ] || { answer cannot "$1 could not be read to its end"; return 0; }
          [ "$s" -le LARGEST ] || { answer cannot "$1 is larger than LARGEST bytes"; return 0; }
          answer content "$s"
          od -An -v -tx1 < "$1" | tr -d ' \n' | fold -w 6000 | while IFS= read -r l || [ -n "$l" ]; do printf 'MARK %s more %s\n' "$n" "$l"; done
        }
        label() {
          there "$1" || return 0
          if [ -L "$1" ]; then
            l=$(readlink -- "$1") || l=
            [ -n "$l" ] && answer value "$(basename -- "$l")" || answer cannot "the link $1 could not be read"
          elif [ -d "$1" ]; then answer there "$1 is a folder, and neither a link nor a file that names a version"
          else
            readable "$1" || return 0
            l=$(head -c 300 < "$1") || { answer cannot "$1 could not be read to its end"; return 0; }
            l=$(printf '%s\n' "$l" | head -n 1)
            [ -n "$l" ] && answer value "$l" || answer cannot "the first line of $1 names no version"
          fi
        }
        package() {
          if command -v dpkg-query >/dev/null 2>&1; then
            v=$(dpkg-query -W -f='${db:Status-Abbrev} ${Version}\n' "$1" 2>/dev/null); r=$?
            [ "$r" -le 1 ] || { answer cannot "dpkg-query ended with exit code $r"; return 0; } # 1 is its word for not there
            v=$(printf '%s\n' "$v" | sed -n 's/^.i[^ ]* *//p' | head -n 1)
          elif command -v rpm >/dev/null 2>&1; then
            v=$(rpm -q --qf '%{VERSION}-%{RELEASE}\n' "$1" 2>/dev/null); r=$?
            if [ "$r" -ne 0 ]; then
              case $(rpm -q "$1" 2>&1) in
                *error:*) answer cannot "rpm cannot read its database"; return 0 ;;
                *"is not installed"*) v= ;;
                *) answer cannot "rpm ended with exit code $r"; return 0 ;;
              esac
            fi
            v=$(printf '%s\n' "$v" | head -n 1)
          else answer cannot "the host has neither dpkg nor rpm"; return 0; fi
          answer value "${v:-absent}"
        }
        unit() {
          command -v systemctl >/dev/null 2>&1 || { answer cannot "the host has no systemd"; return 0; }
          s=$(systemctl show -p LoadState -p ActiveState -- "$1" 2>/dev/null)
          a=$(printf '%s\n' "$s" | sed -n 's/^ActiveState=//p'); l=$(printf '%s\n' "$s" | sed -n 's/^LoadState=//p')
          [ -n "$a" ] || { answer cannot "systemd does not answer"; return 0; }
          [ "$l" = not-found ] && a=absent
          answer value "$a"
        }
        port() {
          if [ -r /proc/net/tcp ]; then
            o=$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v p="$1" '$4 == "0A" { c = split($2, a, ":"); if (a[c] == p) f = 1 } END { print f ? "open" : "closed" }')
          elif command -v netstat >/dev/null 2>&1; then
            o=; t=$(netstat -an) && o=$(printf '%s\n' "$t" | awk -v p="$2" '/LISTEN/ { c = split($4, a, /[.:]/); if (a[c] == p) f = 1 } END { print f ? "open" : "closed" }')
          else o=; fi
          [ -n "$o" ] && answer value "$o" || answer cannot "the host has neither /proc/net/tcp nor netstat"
        }
        """;

    private static Answer[] Answers(Said said, string mark, int count)
    {
        var (answers, bytes) = (Enumerable.Range(0, count).Select(_ => new Answer()).ToArray(), 0);
        foreach (var line in said.Lines.Where(line => line.StartsWith($"{mark} ", StringComparison.Ordinal)))
        {
            if (line.Split(' ', 4) is not [_, var number, var kind, var rest] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= count) continue;
            if (kind == "more") bytes += rest.Length / 2;
            if (kind == "more" && bytes <= LargestTogether) answers[index].Content.Append(rest);
            if (kind is "value" or "cannot" or "there" or "content" && answers[index].Kind is null) (answers[index].Kind, answers[index].Text) = (kind, Shown(rest));
        }

        return answers;
    }

    private static SeenFact Read(WatchedFact fact, Answer answer, Said said) => answer.Kind switch
    {
        "value" when fact.Kind is FactKind.Component && IsSecret("version", answer.Text) => new SeenFact(fact, null, SecretTrouble),
        "value" => new SeenFact(fact, answer.Text),
        "cannot" => new SeenFact(fact, null, answer.Text),
        "there" => new SeenFact(fact, null, answer.Text) { IsThere = fact.Kind is not FactKind.Setting }, // a file says nothing of what it may hold
        "content" when answer.Text != (answer.Content.Length / 2).ToString(CultureInfo.InvariantCulture) => new SeenFact(fact, null, "its content did not come whole"),
        "content" => fact.Kind is FactKind.Certificate ? Certificate(fact, answer) : Setting(fact, answer),
        _ => new SeenFact(fact, null, $"the host did not answer (exit code {said.ExitCode.ToString(CultureInfo.InvariantCulture)}){Shown(said.LastWords)}"),
    };

    private static SeenFact Certificate(WatchedFact fact, Answer answer)
    {
        try
        {
            var bytes = answer.Bytes;
            var text = Encoding.Latin1.GetString(bytes);
            using var certificate = text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal) ? X509Certificate2.CreateFromPem(text) : X509CertificateLoader.LoadCertificate(bytes);
            var expires = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
            return new SeenFact(fact, $"{Digest.OfBytes(certificate.RawData).Short}, valid until {expires:yyyy-MM-dd HH:mm} UTC", ExpiresAt: expires);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentException)
        {
            return new SeenFact(fact, null, "the file holds no certificate that can be read");
        }
    }

    private static SeenFact Setting(WatchedFact fact, Answer answer)
    {
        if (PlainSecrets.IsSecretName(fact.Name)) return new SeenFact(fact, null, "its name says that it is a secret, which nobody may read off");

        try
        {
            if (WatchedFact.FormatOf(fact.File!) is not { } format) return new SeenFact(fact, null, "the file does not say by its name what format it has");

            var value = ConfigurationText.Find(format, FileText.Read(answer.Bytes, FileEncoding.Utf8, format).Text, fact.Name) ?? WatchedFact.Absent;
            return IsSecret(fact.Name, value) ? new SeenFact(fact, null, SecretTrouble) : new SeenFact(fact, Shown(value));
        }
        catch (Exception exception) when (exception is UneditableException or FormatException)
        {
            return new SeenFact(fact, null, $"{fact.File} {(exception is UneditableException ? exception.Message : "came in pieces")}");
        }
    }

    private static bool IsSecret(string name, string value) => SecretName.LooksLikeValue(value) || PlainSecrets.In(name, value) is not null;

    private static string Shown(string text) => Words.Beginning(Printable.Of(text).ReplaceLineEndings(" ").Replace('\t', ' ').Trim(), LongestValue);

    private sealed class Answer
    {
        public string? Kind { get; set; }

        public string Text { get; set; } = "";

        public StringBuilder Content { get; } = new();

        /// <exception cref="FormatException">Not what was asked for.</exception>
        public byte[] Bytes => Convert.FromHexString(Content.ToString());
    }
}
