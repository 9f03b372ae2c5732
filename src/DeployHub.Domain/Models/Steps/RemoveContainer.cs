using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>Stops a container and removes it from its engine; its volumes stay. One that is not there is removed already.</summary>
/// <param name="Name">Of the container.</param>
/// <param name="Engine">Address of the container engine.</param>
/// <param name="StopWithin">How long it may take to stop before it is killed.</param>
public sealed record RemoveContainer(string Name, string Engine = "unix:///var/run/docker.sock", string StopWithin = "10s") : StepSettings
{
    [JsonIgnore]
    public override IEnumerable<string> Changes => [$"the container {Name}"];
}
