using System.Text.Json;
using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;
using DeployHub.Worker.Ssh;

namespace DeployHub.Worker.Steps.Ansible;

/// <summary>An inventory of one host: the step's target.</summary>
internal static partial class AnsibleInventory
{
    /// <summary>The target's name, without what Ansible reads as a pattern or a port.</summary>
    public static string HostOf(string subject) => NoHostName().Replace(subject, "-");

    public static string Json(string host, RunAnsible settings, string directory, Dictionary<string, object> connection)
    {
        var variables = new Dictionary<string, object>(connection) { ["deployhub_directory"] = directory, ["deployhub_version"] = settings.Version };
        var groups = (settings.Groups ?? []).ToDictionary(group => group, _ => new { hosts = new Dictionary<string, object?> { [host] = null } });
        return JsonSerializer.Serialize(new { all = new { hosts = new Dictionary<string, object> { [host] = variables }, children = groups } });
    }

    /// <param name="scratch">Where modules may put their files on this machine.</param>
    public static Dictionary<string, object> Local(string scratch) => new()
    {
        ["ansible_connection"] = "local",
        ["ansible_python_interpreter"] = "{{ ansible_playbook_python }}",
        ["ansible_remote_tmp"] = scratch,
    };

    public static Dictionary<string, object> Ssh(OpenSshAccess access, string user) => new()
    {
        ["ansible_connection"] = "ssh",
        ["ansible_host"] = access.Host,
        ["ansible_port"] = access.Port,
        ["ansible_user"] = user,
        ["ansible_ssh_args"] = string.Join(' ', access.Arguments.Select(Word)),
        ["ansible_ssh_transfer_method"] = "piped", // sftp in Ansible's batch mode never asks for a password
    };

    /// <summary>Quoted only where it must be: Ansible takes the quotes from a text that begins and ends with them.</summary>
    private static string Word(string argument) => Plain().IsMatch(argument) ? argument : RemoteCommand.Quoted(argument);

    [GeneratedRegex(@"^[A-Za-z0-9_.,:=/@%+-]+\z")]
    private static partial Regex Plain();

    [GeneratedRegex("[^A-Za-z0-9_.-]")]
    private static partial Regex NoHostName();
}
