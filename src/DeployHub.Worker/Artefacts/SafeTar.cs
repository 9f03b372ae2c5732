using System.Formats.Tar;

namespace DeployHub.Worker.Artefacts;

/// <summary>What a repacked archive holds.</summary>
internal sealed record Repacked(int Files, long Bytes);

/// <summary>
/// Writes an archive again as a plain tar that any tar unpacks without harm: no path and no link leaves the folder, nothing is written
/// through a link, no device, no set-user-id, bounded in size. What was checked is byte for byte what is unpacked, whoever's tar does it.
/// </summary>
internal sealed class SafeTar(int strip, long mostBytes)
{
    private const int MostEntries = 500_000;
    private const UnixFileMode Kept = (UnixFileMode)0b111_111_111;
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Dictionary<string, TarEntryType> _known = [];
    private long _bytes;
    private int _files;

    /// <exception cref="UnsafeArchiveException">The archive must not be unpacked.</exception>
    public async Task<Repacked> WriteAsync(string archive, string tar, CancellationToken cancellationToken)
    {
        await using var scratch = new FileStream($"{tar}.entry", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 128 * 1024, FileOptions.DeleteOnClose);
        await using var into = new TarWriter(File.Create(tar), TarEntryFormat.Pax);
        foreach (var entry in Packed.Entries(archive))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Stripped(Clean(entry.Name), entry.Name) is not { } name) continue;
            if (!Remember(name, entry)) continue;

            await into.WriteEntryAsync(Rewritten(name, entry, scratch), cancellationToken);
        }

        return _files > 0 ? new Repacked(_files, _bytes) : throw new UnsafeArchiveException(strip > 0 && _known.Count == 0 ? $"holds no file below {strip} leading folder(s)" : "holds no file");
    }

    private PaxTarEntry Rewritten(string name, PackedEntry entry, FileStream scratch)
    {
        var mode = entry.Type is TarEntryType.Directory ? entry.Mode | OwnersFolder : entry.Mode;
        var rewritten = new PaxTarEntry(entry.Type, name) { Mode = mode & Kept, ModificationTime = entry.ModifiedAt };
        switch (entry.Type)
        {
            case TarEntryType.RegularFile:
                _files++;
                Copy(entry.Content, scratch);
                rewritten.DataStream = scratch;
                break;
            case TarEntryType.SymbolicLink:
                rewritten.LinkName = SafeTarget(name, entry.Target!);
                break;
            case TarEntryType.HardLink:
                var target = Stripped(Clean(entry.Target!), entry.Target!);
                if (target is null || _known.GetValueOrDefault(target, TarEntryType.Directory) is not TarEntryType.RegularFile) throw new UnsafeArchiveException($"holds a hard link “{name}” to “{entry.Target}”, which is no file of it");
                rewritten.LinkName = target;
                break;
        }

        return rewritten;
    }

    /// <summary>A tar says the length before the bytes, and what a zip says of it may be a lie: so the bytes are counted first.</summary>
    private void Copy(Stream? content, FileStream scratch)
    {
        scratch.SetLength(0);
        var buffer = new byte[128 * 1024];
        try
        {
            for (int read; content is not null && (read = content.Read(buffer)) > 0;)
            {
                if ((_bytes += read) > mostBytes) throw new UnsafeArchiveException($"unpacks to more than {mostBytes / 1024 / 1024:N0} MiB");
                scratch.Write(buffer, 0, read);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new UnsafeArchiveException($"is broken: {exception.Message.TrimEnd('.')}");
        }

        scratch.Position = 0;
    }

    /// <summary>False for a folder that is known already.</summary>
    private bool Remember(string name, PackedEntry entry)
    {
        if (entry.Type is not (TarEntryType.RegularFile or TarEntryType.Directory or TarEntryType.SymbolicLink or TarEntryType.HardLink)) throw new UnsafeArchiveException($"holds “{name}”, which is neither file, folder nor link ({entry.Type})");
        if (_known.Count >= MostEntries) throw new UnsafeArchiveException($"holds more than {MostEntries:N0} entries");

        for (var end = name.IndexOf('/'); end > 0; end = name.IndexOf('/', end + 1))
            if (_known.TryGetValue(name[..end], out var above) && above is not TarEntryType.Directory) throw new UnsafeArchiveException($"writes “{name}” through “{name[..end]}”, which is no folder");
            else
                _known[name[..end]] = TarEntryType.Directory;

        if (_known.TryAdd(name, entry.Type)) return true;
        return entry.Type is TarEntryType.Directory && _known[name] is TarEntryType.Directory ? false : throw new UnsafeArchiveException($"holds “{name}” twice");
    }

    private static string[] Clean(string name)
    {
        if (name.StartsWith('/')) throw new UnsafeArchiveException($"holds the absolute path “{Shown(name)}”");
        if (name.Any(char.IsControl)) throw new UnsafeArchiveException($"holds a name with control characters, “{Shown(name)}”");

        var parts = name.Split('/').Where(part => part is not ("" or ".")).ToArray();
        return parts.Contains("..") ? throw new UnsafeArchiveException($"holds “{Shown(name)}”, which would leave the release's folder") : parts;
    }

    /// <summary>Null for what lies above the stripped folders, and for the folder itself.</summary>
    private string? Stripped(string[] parts, string name)
    {
        if (parts.Length <= strip) return null;
        var stripped = string.Join('/', parts[strip..]);
        return stripped == Marker ? throw new UnsafeArchiveException($"holds “{Shown(name)}”, a name that DeployHub keeps for itself") : stripped;
    }

    /// <summary>
    /// Upwards only at the beginning and never above the folder. A link's own place is no link (nothing is written through one), so
    /// what is inside by its letters is inside on the disk too.
    /// </summary>
    private static string SafeTarget(string name, string target)
    {
        var parts = target.Split('/').Where(part => part is not ("" or ".")).ToList();
        var upwards = parts.TakeWhile(part => part == "..").Count();
        var isSafe = target.Length > 0 && !target.StartsWith('/') && !target.Any(char.IsControl) && upwards <= name.Count(letter => letter == '/') && !parts.Skip(upwards).Contains("..");
        return isSafe ? target : throw new UnsafeArchiveException($"holds a link “{name}” to “{Shown(target)}”, which would leave the release's folder");
    }

    private static string Shown(string name) => new([.. name.Take(200).Select(letter => char.IsControl(letter) ? '?' : letter)]);

    /// <summary>Says which content a release's folder holds; written by DeployHub when it is whole.</summary>
    public const string Marker = ".deployhub-release";
}
