namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Writes a file of nginx's configuration on the target, tests the whole configuration and reloads; the file that was there before is
/// put back when nginx refuses.
/// </summary>
/// <param name="File">Absolute, or below the target's directory.</param>
/// <param name="Content">What the file shall say, such as an upstream block. nginx's own variables are written <c>$name</c>.</param>
/// <param name="Test">Passes with exit code 0.</param>
/// <param name="Reload">Makes nginx read its configuration again.</param>
/// <param name="Sudo">Writes, tests and reloads with <c>sudo -n</c>.</param>
public sealed record SwitchNginxUpstream(string File, string Content, string Test = "nginx -t", string Reload = "nginx -s reload", bool Sudo = false) : StepSettings;
