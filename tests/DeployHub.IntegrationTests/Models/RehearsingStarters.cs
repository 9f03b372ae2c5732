using System.Text;
using DeployHub.Domain.Inventory;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Models.Starters;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.Models;

/// <summary>
/// Every starter that ships, unchanged, on real parts of this machine: a pass, a forced failure and a rollback, until its tests are accepted. Those for hosts
/// are in <see cref="RehearsingStartersOnHosts"/>, the one for containers in <see cref="RehearsingAContainer"/>.
/// </summary>
[Collection(nameof(Rehearsals))]
public sealed class RehearsingStarters(StarterHub hub, TestPostgres postgres)
{
    private static readonly string[] Labels = ["1.0.0", "1.1.0", "1.2.0"];
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task Rack_swap()
    {
        using var estate = await StarterEstate.BeginAsync(hub, "rack-swap");
        estate.Parameters["soak"] = "1s";
        foreach (var label in Labels) await estate.AddManifestAsync(label, ("model", "HX-2"), ("serials", "SN-1, SN-2"), ("firmware", "2.4.1"));
        foreach (var slot in (string[])["slot-1", "slot-2"]) await estate.AddTargetAsync(slot, new ManualConnection());

        await estate.RehearseAsync(_ => Task.CompletedTask);
    }

    [Fact]
    public async Task Own_installer()
    {
        Assert.SkipWhen(TestDaemon.Missing("busybox") is not null, TestDaemon.Missing("busybox") ?? "");
        using var estate = await StarterEstate.BeginAsync(hub, "own-installer");
        using var services = new SelfInstalled(estate);
        estate.Parameters["soak"] = "1s";
        foreach (var label in Labels) await estate.AddVersionAsync(label, "package.tar.gz", SelfInstalled.Package);
        string[] urls = [await services.AddAsync("one"), await services.AddAsync("two")];

        await estate.RehearseAsync(async label =>
        {
            foreach (var url in urls) (await Http.GetStringAsync($"{url}/version")).ShouldContain($"\"{label}\"");
        });
    }

    [Fact]
    public async Task Copy_files()
    {
        using var estate = await StarterEstate.BeginAsync(hub, "copy-files");
        estate.Parameters["soak"] = "1s";
        foreach (var label in Labels) await estate.AddVersionAsync(label, "rules.tar.gz", Archives.TarGz(("edition", label), ("rules/first.txt", "Be kind.")));
        string[] hosts = [await estate.AddTargetAsync("one"), await estate.AddTargetAsync("two")];

        await estate.RehearseAsync(async label =>
        {
            foreach (var host in hosts) (await File.ReadAllTextAsync(Path.Combine(host, "current", "edition"))).ShouldBe(label);
        });
    }

    [Fact]
    public async Task Licence_change()
    {
        using var estate = await StarterEstate.BeginAsync(hub, "licence-change");
        foreach (var label in Labels) await estate.AddManifestAsync(label, ("entitlement", $"Editor {label}"), ("quantity", "60"), ("valid from", Day(-1)), ("term", Day(365)));
        await estate.AddTargetAsync("tenant", new ManualConnection());

        await estate.RehearseAsync(_ => Task.CompletedTask);
    }

    [Fact]
    public async Task Process_change()
    {
        var team = await Team.GatherAsync(hub);
        using var estate = await StarterEstate.BeginAsync(hub, "process-change");
        estate.Parameters["soak"] = "1s";
        estate.Helpers.Add(team.ConfirmAsync);
        foreach (var label in Labels)
            await estate.AddManifestAsync(label, ("procedure", "Call back within an hour."), ("owner", "Mara"), ("training", "One hour"), ("effective date", Day(-1)));
        await estate.AddTargetAsync("berlin", new ManualConnection(), [("ring", "pilot")], [("readers", team.Emails)]);
        await estate.AddTargetAsync("bonn", new ManualConnection(), null, [("readers", team.Emails)]);

        await estate.RehearseAsync(_ => Task.CompletedTask);
    }

    [Fact]
    public async Task Document_acknowledged()
    {
        Assert.SkipWhen(TestDaemon.Missing("busybox") is not null, TestDaemon.Missing("busybox") ?? "");
        var team = await Team.GatherAsync(hub);
        using var estate = await StarterEstate.BeginAsync(hub, "document-acknowledged");
        estate.Parameters["soak"] = "1s";
        estate.Helpers.Add(team.ConfirmAsync);
        foreach (var label in Labels)
            await estate.AddVersionAsync(label, "handbook.html", Encoding.UTF8.GetBytes($"<!doctype html><title>Handbook</title><p>Edition {label}</p>"), ("approved by", "Mara"), ("review date", Day(200)));
        var port = FreePort.Next();
        await using var site = await TestDaemon.StartAsync("busybox", port, "httpd", "-f", "-p", $"127.0.0.1:{port}", "-h", estate.At(""));
        foreach (var (readership, ring) in new[] { ("readers", "pilot"), ("others", "all") })
            await estate.AddTargetAsync(readership, null, [("ring", ring)], [("file", "handbook.html"), ("url", $"http://127.0.0.1:{port}/{readership}/handbook.html"), ("readers", team.Emails)]);

        await estate.RehearseAsync(async label => (await Http.GetStringAsync($"http://127.0.0.1:{port}/readers/handbook.html")).ShouldContain($"Edition {label}"));
    }

    [Fact]
    public async Task Desktop_rings()
    {
        using var estate = await StarterEstate.BeginAsync(hub, "desktop-rings");
        estate.Parameters["soak"] = "1s";
        await using var desktops = new Desktops(estate);
        await desktops.AddAsync("it", "R0");
        await desktops.AddAsync("office", "R1");
        await desktops.AddAsync("everybody", "R2");
        foreach (var label in Labels) await estate.AddVersionAsync(label, "package.txt", Encoding.UTF8.GetBytes(label));
        await estate.SetVariableAsync("download-url", $"{desktops.Url}/store");
        await estate.SetVariableAsync("inventory-url", $"{desktops.Url}/runs");

        await estate.RehearseAsync(label =>
        {
            desktops.Installed.Values.ShouldAllBe(installed => installed == label);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Terraform_change()
    {
        Assert.SkipWhen(TestDaemon.Missing("terraform") is not null, TestDaemon.Missing("terraform") ?? "");
        using var estate = await StarterEstate.BeginAsync(hub, "terraform-change");
        const string second = "resource \"terraform_data\" \"second\" {}", third = "resource \"terraform_data\" \"third\" {}";
        foreach (var (label, more) in new[] { ("1.0.0", ""), ("1.1.0", second), ("1.2.0", $"{second}\n{third}") })
            await estate.AddVersionAsync(label, "configuration.tar.gz", Archives.TarGz(("main.tf", $$"""
                terraform {
                  backend "local" {
                    path          = "{{estate.At("terraform.tfstate")}}"
                    workspace_dir = "{{estate.At("workspaces")}}"
                  }
                }
                variable "environment" {}
                resource "terraform_data" "first" { input = "${var.environment} {{label}}" }
                {{more}}
                """)));
        await using var environment = new TestHttp(_ => Task.FromResult((200, "ok")));
        await estate.AddTargetAsync("network", null, null, [("url", environment.Url)]);

        await estate.RehearseAsync(async label =>
        {
            var state = await File.ReadAllTextAsync(estate.At($"workspaces/{estate.Name}/terraform.tfstate"));
            state.ShouldContain($"{estate.Name} {label}");
            state.ShouldNotContain("third", customMessage: "what was only in the version that had to go is gone");
        });
    }

    [Fact]
    public async Task Database_migration()
    {
        var missing = TestDaemon.Missing("pg_dump") ?? TestDaemon.Missing("psql");
        Assert.SkipWhen(missing is not null, missing ?? "");
        await using var database = await Migrated.CreateAsync(postgres);
        using var estate = await StarterEstate.BeginAsync(hub, "database-migration");
        var scripts = new[]
        {
            ("1__orders.sql", "create table orders (id int primary key, note text);\ninsert into orders values (1, 'kept');"),
            ("2__paid.sql", "alter table orders add paid boolean not null default false;"),
            ("3__lost.sql", "drop table orders;\ncreate table invoices (id int);"),
        };
        foreach (var (label, count) in new[] { ("1.0.0", 1), ("1.1.0", 2), ("1.2.0", 3) }) await estate.AddVersionAsync(label, "scripts.tar.gz", Archives.TarGz(scripts[..count]));
        hub.Know($"{estate.Name}-db", database.Connection);
        hub.Know($"{estate.Name}-password", database.Password);
        await estate.SetVariableAsync("database-secret", $"${{secret:{estate.Name}-db}}");
        await estate.SetVariableAsync("backup-address", database.Address);
        await estate.SetVariableAsync("backup-secret", $"${{secret:{estate.Name}-password}}");
        await estate.AddTargetAsync("orders");

        await estate.RehearseAsync(async label =>
        {
            (await database.AskAsync("select note from orders")).ShouldBe("kept");
            (await database.AskAsync("select string_agg(path, ' ' order by path) from deployhub_scripts")).ShouldBe(label is "1.0.0" ? "1__orders.sql" : "1__orders.sql 2__paid.sql");
            (await database.AskAsync("select count(*)::text from pg_tables where tablename = 'invoices'")).ShouldBe("0");
        });
    }

    /// <summary>No cluster can be had on the build machines: the stub that the tests of the step use has discovery, server-side apply and rollouts.</summary>
    [Fact]
    public async Task Kubernetes_rollout()
    {
        await using var cluster = new StubCluster();
        await cluster.InitializeAsync();
        using var estate = await StarterEstate.BeginAsync(hub, "kubernetes-rollout");
        foreach (var label in Labels) await estate.AddVersionAsync(label, "manifests.tar.gz", Archives.TarGz(("deploy/shop.yaml", Manifest(label))));
        var path = StubCluster.Deployment("shop", "web");
        await using var service = new TestHttp(asked => Task.FromResult((200, asked.Request.RawUrl is "/version" ? $"{cluster[path]?["metadata"]?["labels"]?["version"]}" : "ok")));
        await estate.AddTargetAsync("shop", null, null, [("url", service.Url)]);
        hub.Know($"{estate.Name}-kubeconfig", cluster.Kubeconfig);
        await estate.SetVariableAsync("cluster-credentials", $"${{secret:{estate.Name}-kubeconfig}}");
        await estate.SetVariableAsync("namespace", "shop");

        await estate.RehearseAsync(label =>
        {
            $"{cluster[path]!["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]}".ShouldEndWith(Domain.Digest.OfText(label).ToString());
            return Task.CompletedTask;
        });

        static string Manifest(string label) => $$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web, labels: { version: "{{label}}" } }
            spec:
              replicas: 2
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec: { containers: [{ name: web, image: "registry.example/web@{{Domain.Digest.OfText(label)}}" }] }
            """;
    }

    [Fact]
    public void Every_starter_that_ships_is_rehearsed()
    {
        var rehearsed = new[] { typeof(RehearsingStarters), typeof(RehearsingStartersOnHosts), typeof(RehearsingAContainer) }
            .SelectMany(type => type.GetMethods()).Select(method => method.Name.ToLowerInvariant().Replace('_', '-'));
        Features.Models.Starters.All.Select(starter => starter.Slug).Except(rehearsed).ShouldBeEmpty();
    }

    private string Day(int ahead) => hub.Clock.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
