using System.Globalization;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.Models.Starters;

/// <summary>Services on this machine that their own installer starts: a web server that tells the version it was installed as.</summary>
internal sealed class SelfInstalled(StarterEstate estate) : IDisposable
{
    private const string Installer = """
        #!/bin/sh
        set -eu
        mkdir -p "releases/$VERSION"
        printf '{"version":"%s"}' "$VERSION" > "releases/$VERSION/version"
        echo ok > "releases/$VERSION/health"
        if [ -f pid ]; then kill "$(cat pid)" 2>/dev/null || true; while kill -0 "$(cat pid)" 2>/dev/null; do sleep 0.1; done; fi
        setsid busybox httpd -f -p "127.0.0.1:$PORT" -h "releases/$VERSION" </dev/null >/dev/null 2>&1 &
        echo $! > pid
        """;

    private readonly List<string> _places = [];

    /// <summary>One package serves as every version: each has the label that it is installed with.</summary>
    public static byte[] Package { get; } = Archives.TarGz(("deploy.sh", Installer));

    /// <summary>Answers where it is asked.</summary>
    public async Task<string> AddAsync(string name)
    {
        var port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        _places.Add(await estate.AddTargetAsync(name, null, null, [("port", port)]));
        return $"http://127.0.0.1:{port}";
    }

    public void Dispose()
    {
        foreach (var file in _places.Select(place => Path.Combine(place, "pid")).Where(File.Exists))
            TestProcess.End(int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));
    }
}
