using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace DeployHub.Worker.Steps.Containers;

/// <summary>The few things that are asked of a container engine.</summary>
internal sealed class ContainerEngine(string address) : IDisposable
{
    private readonly DockerClient _client = new DockerClientBuilder().WithEndpoint(new Uri(address)).WithTimeout(Timeout.InfiniteTimeSpan).Build(); // a step's own limit ends what takes too long

    /// <summary>Null when it has no such container.</summary>
    public async Task<ContainerInspectResponse?> FindAsync(string nameOrId, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.Containers.InspectContainerAsync(nameOrId, cancellationToken);
        }
        catch (DockerContainerNotFoundException)
        {
            return null;
        }
    }

    public async Task<bool> HasImageAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            await _client.Images.InspectImageAsync(image, cancellationToken);
            return true;
        }
        catch (DockerImageNotFoundException)
        {
            return false;
        }
    }

    /// <returns>Why it is not there, in the engine's words; null when it is.</returns>
    public async Task<string?> PullAsync(string image, AuthConfig? credentials, IStepLog log, CancellationToken cancellationToken)
    {
        var progress = new PullProgress(log);
        try
        {
            var (name, digest) = (image[..image.LastIndexOf('@')], image[(image.LastIndexOf('@') + 1)..]);
            await _client.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = name, Tag = digest }, credentials, progress, cancellationToken);
        }
        catch (DockerApiException refused)
        {
            return Words(refused);
        }

        return await HasImageAsync(image, cancellationToken) ? null : progress.Error ?? "the engine does not have it afterwards";
    }

    public async Task<string> CreateAsync(CreateContainerParameters parameters, CancellationToken cancellationToken) =>
        (await _client.Containers.CreateContainerAsync(parameters, cancellationToken)).ID;

    public Task StartAsync(string id, CancellationToken cancellationToken) => _client.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancellationToken);

    public Task StopAsync(string id, TimeSpan patience, CancellationToken cancellationToken) =>
        _client.Containers.StopContainerAsync(id, new ContainerStopParameters { WaitBeforeKillSeconds = (uint)patience.TotalSeconds }, cancellationToken);

    public Task RenameAsync(string id, string name, CancellationToken cancellationToken) => _client.Containers.RenameContainerAsync(id, new ContainerRenameParameters { NewName = name }, cancellationToken);

    /// <summary>Also one that runs, and one that is not there any more.</summary>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await _client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters { Force = true }, cancellationToken);
        }
        catch (DockerContainerNotFoundException)
        {
        }
    }

    /// <summary>The last lines of what it wrote.</summary>
    public async Task<(string Out, string Error)> TailAsync(string id, int lines, CancellationToken cancellationToken)
    {
        var asked = new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Tail = lines.ToString(CultureInfo.InvariantCulture) };
        using var stream = await _client.Containers.GetContainerLogsAsync(id, asked, cancellationToken);
        return await stream.ReadOutputToEndAsync(cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    public static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("unix" or "tcp" or "http" or "https" or "npipe");

    /// <summary>What the engine said, without the JSON around it.</summary>
    public static string Words(DockerApiException refused)
    {
        try
        {
            return JsonNode.Parse(refused.ResponseBody ?? "")?["message"]?.ToString().ReplaceLineEndings(" ").Trim().TrimEnd('.') ?? $"{(int)refused.StatusCode}";
        }
        catch (JsonException)
        {
            return $"{(int)refused.StatusCode}";
        }
    }

    /// <summary>True for what is thrown when nobody is there; nothing is known of the engine then.</summary>
    public static bool IsAway(Exception exception) => exception is HttpRequestException or IOException or TimeoutException || exception.GetBaseException() is SocketException;

    /// <summary>Says each layer's states once, without the bars between them.</summary>
    private sealed class PullProgress(IStepLog log) : IProgress<JSONMessage>
    {
        private readonly HashSet<string> _said = [];

        public string? Error { get; private set; }

        public void Report(JSONMessage message)
        {
            Error ??= message.Error?.Message;
            var line = $"{message.ID} {message.Status}".Trim();
            if (line.Length > 0 && _said.Add(line)) log.Write(LogStream.Out, line);
        }
    }
}
