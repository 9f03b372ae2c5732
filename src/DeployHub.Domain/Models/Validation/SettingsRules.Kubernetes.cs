using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Kubernetes(ModelContent model, DeployToKubernetes kubernetes) =>
    [
        .. kubernetes.Action is KubernetesAction.Apply ? Applied(kubernetes) : Undone(kubernetes),
        .. When(!IsFilledLater(kubernetes.Namespace) && !DnsLabel().IsMatch(kubernetes.Namespace), "namespace", "is no name of a namespace: lower-case letters, digits and hyphens."),
        .. When(kubernetes.Server is null == kubernetes.Kubeconfig is null, "server", "say the cluster by server and token, or by a kubeconfig, and not by both."),
        .. When(kubernetes.Server is { } server && !IsFilledLater(server) && !(Uri.TryCreate(server, UriKind.Absolute, out var uri) && uri.Scheme is "https"), "server", "is the address of the cluster's API: begin with https://."),
        .. When(kubernetes is { Server: not null, Token: null }, "token", "the cluster's API asks for a token: name the secret that holds it."),
        .. When(kubernetes.Token is { } token && !PlainSecrets.IsReference(token), "token", "name the secret that holds the token, and nothing else: ${secret:cluster-token}.", "A-V12"),
        .. When(kubernetes is { Kubeconfig: not null } and ({ Token: not null } or { Authority: not null }), "kubeconfig", "holds token and authority itself."),
        .. When(kubernetes.Kubeconfig is { } kubeconfig && !PlainSecrets.IsReference(kubeconfig), "kubeconfig", "name the secret that holds the kubeconfig, and nothing else: ${secret:cluster}.", "A-V12"),
        .. When(kubernetes is { Context: not null, Kubeconfig: null }, "context", "is one of a kubeconfig's."),
        .. Time(model, "within", kubernetes.Within),
    ];

    private static IEnumerable<(string, string, string)> Applied(DeployToKubernetes kubernetes) =>
    [
        .. When(string.IsNullOrWhiteSpace(kubernetes.Manifests) == kubernetes.File is null, "manifests", "write the manifests, or say in file where in the artefact they are, and not both."),
        .. When(kubernetes.File is { } file && !IsRelative(file), "file", "must be a file or folder inside the artefact: relative and without “..”."),
        .. When(kubernetes.Workloads is { Count: > 0 }, "workloads", "are what action: Undo leads back; what is applied stands in the manifests."),
        .. When(kubernetes.Images?.Values.Any(image => !IsFilledLater(image) && !ImageByDigest().IsMatch(image)) == true, "images", "each image is given by its digest, which alone says what will run: registry.example/shop@sha256:…"),
    ];

    private static IEnumerable<(string, string, string)> Undone(DeployToKubernetes kubernetes) =>
    [
        .. When(kubernetes.Workloads is not { Count: > 0 }, "workloads", "say what to lead back, such as deployment/shop."),
        .. When(kubernetes.Workloads?.Any(workload => !IsFilledLater(workload) && !Workload().IsMatch(workload)) == true, "workloads", "each is deployment/name, statefulset/name or daemonset/name."),
        .. When(kubernetes is { Manifests: not null } or { File: not null } or { Images.Count: > 0 }, "manifests", "are for action: Apply."),
    ];

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex DnsLabel();

    [GeneratedRegex(@"^(deployment|statefulset|daemonset)/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\z")]
    private static partial Regex Workload();
}
