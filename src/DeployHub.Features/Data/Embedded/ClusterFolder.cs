using System.Security.Cryptography;

namespace DeployHub.Features.Data.Embedded;

/// <summary>What lies where in the home of a cluster, and who of us uses it at the moment.</summary>
internal sealed class ClusterFolder(string home)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3); // The first start may be fetching PostgreSQL.

    public string Home => home;

    public string Data => Path.Combine(home, "cluster");

    /// <summary>Becomes <see cref="Data"/> when it is complete, so that an interrupted first start leaves no half cluster.</summary>
    public string Unfinished => Path.Combine(home, "cluster.new");

    public string Settings => Path.Combine(Data, "deployhub.conf");

    public string ServerLog => Path.Combine(home, "server.log");

    public string PasswordFile => Path.Combine(home, "password");

    public string Packages => Path.Combine(home, "npm");

    /// <summary>Of the PostgreSQL that made the cluster; null when there is none yet.</summary>
    public int? Major => File.Exists(Path.Combine(Data, "PG_VERSION")) ? int.Parse(File.ReadAllText(Path.Combine(Data, "PG_VERSION"))) : null;

    /// <summary>Makes the folder, closed to other users.</summary>
    public void Prepare()
    {
        Directory.CreateDirectory(home);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The first time, makes a random password, closed to other users. Behind the door: of several first starts, one makes it.</summary>
    public void MakePassword()
    {
        if (File.Exists(PasswordFile)) return;

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(PasswordFile, options);
        writer.Write(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
    }

    /// <summary>Only one process at a time starts or stops the cluster.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(100))
        {
            if (TryOpen("door.lock", FileAccess.ReadWrite, FileShare.None) is { } door) return door;
            if (waited > Patience) throw new EmbeddedPostgresException($"Another DeployHub has been starting or stopping the database in {home} for {Patience.TotalMinutes} minutes.");
            await Task.Delay(100, cancellation);
        }
    }

    /// <summary>Held as long as a process uses the cluster.</summary>
    public IDisposable Use() =>
        TryOpen("users.lock", FileAccess.Read, FileShare.Read) ?? throw new EmbeddedPostgresException($"{home} is locked by another program.");

    public bool IsInUse()
    {
        using var alone = TryOpen("users.lock", FileAccess.ReadWrite, FileShare.None);
        return alone is null;
    }

    private FileStream? TryOpen(string name, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(Path.Combine(home, name), FileMode.OpenOrCreate, access, share);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
