using System.Text;
using System.Text.RegularExpressions;
using DeployHub.Domain;
using DeployHub.Worker.Artefacts;

namespace DeployHub.Worker.Steps.Sql;

/// <summary>One file of SQL. Its checksum is of the text: line endings and a byte order mark do not count.</summary>
internal sealed partial record SqlScript(string Path, string Text)
{
    private const long MostBytes = 256L * 1024 * 1024;

    public string Checksum { get; } = Digest.OfText(Text).ToString();

    public bool HasNoTransaction { get; } = NoTransaction().IsMatch(Text);

    /// <summary>All scripts of an artefact in the order in which they run.</summary>
    /// <exception cref="UnsafeArchiveException">It holds no scripts that can be read.</exception>
    public static IReadOnlyList<SqlScript> In(string file, string artefact, string? folder)
    {
        var scripts = artefact.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) ? [new SqlScript(artefact, Decoded(File.ReadAllBytes(file), artefact))] : Unpacked(file, folder);
        if (scripts.Count == 0) throw new UnsafeArchiveException($"holds no .sql file{(folder is null ? "" : $" below {folder}")}");
        return [.. scripts.OrderBy(script => script.Path, NaturalOrder)];
    }

    /// <summary>Numbers count as numbers, so that 10 comes after 9.</summary>
    public static readonly IComparer<string> NaturalOrder = Comparer<string>.Create((left, right) =>
    {
        var (lefts, rights) = (Pieces().Matches(left), Pieces().Matches(right));
        for (var i = 0; i < Math.Min(lefts.Count, rights.Count); i++)
        {
            var (l, r) = (lefts[i].Value, rights[i].Value);
            var areNumbers = char.IsAsciiDigit(l[0]) && char.IsAsciiDigit(r[0]);
            var order = areNumbers ? Number(l, r) : string.CompareOrdinal(l, r);
            if (order != 0) return order;
        }

        return lefts.Count != rights.Count ? lefts.Count - rights.Count : string.CompareOrdinal(left, right);
    });

    private static int Number(string left, string right)
    {
        var (l, r) = (left.TrimStart('0'), right.TrimStart('0'));
        return l.Length != r.Length ? l.Length - r.Length : string.CompareOrdinal(l, r);
    }

    private static List<SqlScript> Unpacked(string file, string? folder)
    {
        var scripts = new List<SqlScript>();
        long bytes = 0;
        foreach (var entry in Packed.Entries(file))
        {
            var path = string.Join('/', entry.Name.Split('/').Where(part => part is not ("" or ".")));
            if (entry.Content is null || !path.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) || (folder is not null && !path.StartsWith($"{folder.Trim('/')}/", StringComparison.Ordinal))) continue;

            using var content = new MemoryStream();
            var buffer = new byte[81920];
            for (int read; (read = entry.Content.Read(buffer)) > 0; content.Write(buffer, 0, read))
                if ((bytes += read) > MostBytes) throw new UnsafeArchiveException($"holds more than {MostBytes / 1024 / 1024} MiB of SQL");
            scripts.Add(new SqlScript(folder is null ? path : path[(folder.Trim('/').Length + 1)..], Decoded(content.ToArray(), path)));
        }

        return scripts.GroupBy(script => script.Path).FirstOrDefault(same => same.Count() > 1) is { } twice ? throw new UnsafeArchiveException($"holds {twice.Key} twice") : scripts;
    }

    private static string Decoded(byte[] bytes, string path)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal);
        }
        catch (DecoderFallbackException)
        {
            throw new UnsafeArchiveException($"holds {path}, which is not written in UTF-8");
        }
    }

    [GeneratedRegex(@"^[ \t]*--[ \t]*deployhub:[ \t]*no-transaction[ \t]*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex NoTransaction();

    [GeneratedRegex(@"\d+|\D+")]
    private static partial Regex Pieces();
}
