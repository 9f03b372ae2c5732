using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>What each kind of step refuses in its settings, with the place.</summary>
public sealed class SettingsOfSteps
{
    private const string Image = "registry.example/shop@sha256:b9a55aeb9ab4a0e014189b8601108ccbf0099f846b7a750fa8e536c7913f25d2";

    [Theory]
    [InlineData("file-release", "to: ../app", "to", "must be a folder below the target's directory")]
    [InlineData("file-release", "label: a/b", "label", "names a folder")]
    [InlineData("file-release", "label: .hidden", "label", "names a folder")]
    [InlineData("file-release", "keep: 0", "keep", "must be from 1 to 100")]
    [InlineData("file-release", "strip: -1", "strip", "must be from 0 to 20")]
    [InlineData("file-release", "maximumMiB: 0", "maximumMiB", "must be from 1")]
    [InlineData("file-release", "shared: [/etc/passwd]", "shared", "each path lies inside the release")]
    [InlineData("file-release", "shared: [data/, data/x]", "shared", "must not lie inside another")]
    [InlineData("configure-files", "files: []", "files", "name at least one file")]
    [InlineData("configure-files", "folder: /etc, files: [{ file: a.json, set: { a: b } }]", "folder", "must be a folder below the target's directory")]
    [InlineData("configure-files", "files: [{ file: ../a.json, set: { a: b } }]", "files[0].file", "must be a file in the folder")]
    [InlineData("configure-files", "files: [{ file: a.txt, set: { a: b } }]", "files[0].format", "does not follow from the file's name")]
    [InlineData("configure-files", "files: [{ file: a.json }]", "files[0].set", "sets 1 to 200 values")]
    [InlineData("configure-files", "files: [{ file: a.json, set: { a: b } }, { file: a.json, set: { c: d } }]", "files", "stands there twice")]
    [InlineData("configure-files", "files: [{ file: a.json, set: { a: b }, format: Toml }]", "files[0].format", "must be one of")]
    [InlineData("service", "unit: --force", "unit", "name the unit")]
    [InlineData("service", "unit: \"shop; rm -rf x\"", "unit", "is no name of a systemd unit")]
    [InlineData("service", "unit: shop, action: Reload, commands: { status: x, start: y }", "commands", "needs reload")]
    [InlineData("service", "unit: shop, commands: { restart: x }", "commands", "needs status")]
    [InlineData("service", "unit: shop, commands: { status: x, restart: y, halt: z }", "commands", "“halt” is none of")]
    [InlineData("service", "unit: shop, activeFor: 2m", "activeFor", "2m does not fit into 1m")]
    [InlineData("service", "unit: shop, within: 20m", "within", "does not fit into the step's timeout")]
    [InlineData("service", "unit: shop, sudo: true, commands: { status: x, restart: y }", "sudo", "is for systemd")]
    [InlineData("service", "unit: shop, sudo: perhaps", "sudo", "must be true or false")]
    [InlineData("traffic-haproxy", "addresses: [lb], backend: shop, server: one, state: Drain", "addresses", "host:port or the path of a socket")]
    [InlineData("traffic-haproxy", "addresses: [\"lb:9999\"], backend: \"a;b\", server: one, state: Drain", "backend", "is no name that HAProxy knows")]
    [InlineData("traffic-haproxy", "addresses: [\"lb:9999\"], backend: shop, server: one", "state", "say which state or which weight")]
    [InlineData("traffic-haproxy", "addresses: [\"lb:9999\"], backend: shop, server: one, weight: \"101%\"", "weight", "0 to 256")]
    [InlineData("traffic-nginx", "file: ../shop.conf, content: x", "file", "without “..”")]
    [InlineData("traffic-nginx", "file: shop.conf, content: x, test: \" \"", "test", "never reloaded untested")]
    [InlineData("database-script", "connection: \"Host=db;Password=x\"", "connection", "name the secret")]
    [InlineData("database-script", "connection: \"${secret:db};Timeout=1\"", "connection", "name the secret")]
    [InlineData("database-script", "connection: \"${secret:db}\", journal: \"a b\"", "journal", "names a table")]
    [InlineData("terraform", "state: /var/state", "state", "must be a path below the target's directory")]
    [InlineData("terraform", "state: s, backend: { path: x }", "state", "is instead of a backend")]
    [InlineData("terraform", "variables: { 1x: y }", "variables", "a variable's name begins with a letter")]
    [InlineData("terraform", "environment: { TF_VAR_x: y }", "environment", "give variables of the configuration as variables")]
    [InlineData("terraform", "workspace: \"a b\"", "workspace", "is no name of a workspace")]
    [InlineData("ansible", "playbook: ../site.yml", "playbook", "must be a .yml or .yaml file inside the artefact")]
    [InlineData("ansible", "playbook: site.sh", "playbook", "must be a .yml or .yaml file inside the artefact")]
    [InlineData("ansible", "folder: /etc", "folder", "must be a folder inside the artefact")]
    [InlineData("ansible", "groups: [all]", "groups", "every host is in “all” anyway")]
    [InlineData("ansible", "groups: [\"web servers\"]", "groups", "a group's name begins with a letter")]
    [InlineData("ansible", "variables: { a-b: c }", "variables", "a variable's name begins with a letter")]
    [InlineData("ansible", "variables: { ansible_host: elsewhere }", "variables", "how a host is reached is said by the target")]
    [InlineData("ansible", "tags: [\"a,b\"]", "tags", "a tag is one word")]
    [InlineData("ansible", "vaultPassword: open-sesame", "vaultPassword", "name the secret")]
    [InlineData("container", "image: shop:latest, name: shop", "image", "names an image by its digest")]
    [InlineData("container", $"image: {Image}, name: \"a b\"", "name", "is no name of a container")]
    [InlineData("container", $"image: {Image}, name: shop, engine: /var/run/docker.sock", "engine", "must be an address")]
    [InlineData("container", $"image: {Image}, name: shop, ports: [\"80\"]", "ports", "each is host:container")]
    [InlineData("container", $"image: {Image}, name: shop, volumes: [data]", "volumes", "each is name:/path")]
    [InlineData("container", $"image: {Image}, name: shop, registryUser: ci, registryPassword: open-sesame", "registryPassword", "name the secret")]
    [InlineData("container", $"image: {Image}, name: shop, registryPassword: \"${{secret:registry}}\"", "registryPassword", "belongs to a user")]
    [InlineData("container", $"image: {Image}, name: shop, runsFor: 3m", "runsFor", "3m does not fit into 2m")]
    [InlineData("container", $"image: {Image}, name: shop, within: 20m", "within", "does not fit into the step's timeout")]
    [InlineData("kubernetes", "server: \"https://k\", token: \"${secret:t}\"", "manifests", "write the manifests, or say in file")]
    [InlineData("kubernetes", "file: ../x, server: \"https://k\", token: \"${secret:t}\"", "file", "must be a file or folder inside the artefact")]
    [InlineData("kubernetes", "file: x", "server", "say the cluster by server and token, or by a kubeconfig")]
    [InlineData("kubernetes", "file: x, server: \"http://k\", token: \"${secret:t}\"", "server", "begin with https://")]
    [InlineData("kubernetes", "file: x, server: \"https://k\", token: open-sesame", "token", "name the secret that holds the token")]
    [InlineData("kubernetes", "file: x, server: \"https://k\"", "token", "asks for a token")]
    [InlineData("kubernetes", "file: x, kubeconfig: \"apiVersion: v1\"", "kubeconfig", "name the secret that holds the kubeconfig")]
    [InlineData("kubernetes", "file: x, server: \"https://k\", token: \"${secret:t}\", context: prod", "context", "is one of a kubeconfig's")]
    [InlineData("kubernetes", "file: x, kubeconfig: \"${secret:k}\", namespace: Shop", "namespace", "is no name of a namespace")]
    [InlineData("kubernetes", "file: x, kubeconfig: \"${secret:k}\", images: { shop: \"shop:latest\" }", "images", "each image is given by its digest")]
    [InlineData("kubernetes", "file: x, kubeconfig: \"${secret:k}\", workloads: [deployment/shop]", "workloads", "are what action: Undo leads back")]
    [InlineData("kubernetes", "action: Undo, kubeconfig: \"${secret:k}\"", "workloads", "say what to lead back")]
    [InlineData("kubernetes", "action: Undo, kubeconfig: \"${secret:k}\", workloads: [pod/shop]", "workloads", "each is deployment/name")]
    [InlineData("kubernetes", "file: x, kubeconfig: \"${secret:k}\", within: 20m", "within", "does not fit into the step's timeout")]
    [InlineData("manual", "instruction: Swap the two units., picture: \"http://racks.example/u5.png\"", "picture", "begins with https://")]
    [InlineData("manual", "instruction: Swap the two units., picture: \"//racks.example/u5.png\"", "picture", "begins with https://")]
    [InlineData("manual", "instruction: Swap the two units., values: [{ name: \"1st\" }]", "values", "begins with a letter")]
    [InlineData("manual", "instruction: Swap the two units., values: [{ name: serial }, { name: Serial }]", "values", "a name of its own")]
    [InlineData("manual", "instruction: Swap the two units., values: [{ name: serial, pattern: \"(\" }]", "values", "is no regular expression")]
    [InlineData("manual", "instruction: Swap the two units., values: [{ name: serial, pattern: \"(a)\\\\1\" }]", "values", "without looking back")]
    [InlineData("manual", "instruction: Swap the two units., values: [{ name: serial, expected: \"1\", pattern: \"SN-[0-9]+\" }]", "values", "does not match its own pattern")]
    [InlineData("manual", "instruction: Swap the two units., values: [{ name: serial, expect: \"1\" }]", "values[0].expect", "is not known here")]
    [InlineData("webhook", "url: shop.example, secret: \"${secret:hook}\"", "url", "is no address")]
    [InlineData("webhook", "url: \"https://shop.example/\", secret: whsec_abc", "secret", "name the secret that signs")]
    [InlineData("webhook", "url: \"https://shop.example/\", secret: \"${secret:hook}\", type: \"shop deployed\"", "type", "full stops between them")]
    [InlineData("check-canary", "source: \"http://p\", metrics: []", "metrics", "compare 1 to 20")]
    [InlineData("check-canary", "source: p, metrics: [{ name: E, canary: a, baseline: b }]", "source", "is no address")]
    [InlineData("check-canary", "source: \"http://p\", marginal: 96, metrics: [{ name: E, canary: a, baseline: b }]", "marginal", "from 0 to what pass says")]
    [InlineData("check-canary", "source: \"http://p\", step: 1s, metrics: [{ name: E, canary: a, baseline: b }]", "window", "holds more than 1000 samples")]
    [InlineData("check-canary", "source: \"http://p\", window: 1m, metrics: [{ name: E, canary: a, baseline: b }]", "window", "has no room for 20 samples")]
    [InlineData("check-canary", "source: \"http://p\", token: open-sesame, metrics: [{ name: E, canary: a, baseline: b }]", "token", "name the secret that holds the token")]
    [InlineData("check-canary", "source: \"http://p\", metrics: [{ name: E, canary: a, baseline: a }]", "metrics[0].baseline", "nothing could ever differ")]
    [InlineData("check-canary", "source: \"http://p\", metrics: [{ name: E, canary: a, baseline: b, allowed: NaN }]", "metrics[0].allowed", "must be a number of at least 0")]
    [InlineData("check-canary", "source: \"http://p\", metrics: [{ name: E, canary: a, baseline: b, critical: \"0.05\" }]", "metrics[0].critical", "must not be below what is allowed")]
    [InlineData("check-canary", "source: \"http://p\", metrics: [{ name: E, canary: a, baseline: b, minimumSamples: 4 }]", "metrics[0].minimumSamples", "must be from 5")]
    [InlineData("check-signature", "signature: ../x.minisig", "signature", "relative and without “..”")]
    [InlineData("check-signature", "signature: \"{path}\"", "signature", "is the artefact itself")]
    [InlineData("check-signature", "signature: \"{path}.asc\", checksums: /SHA256SUMS", "checksums", "relative and without “..”")]
    [InlineData("check-signature", "signature: \"{path}.asc\", checksums: sums/SHA256SUMS", "checksums", "must be a file in the artefact's folder")]
    [InlineData("check-promotion", "from: \"Staging area\"", "from", "must be the key of an environment")]
    [InlineData("check-tests", "suites: []", "suites", "name 1 to 20 suites")]
    [InlineData("check-tests", "suites: [unit], minimumTests: 0", "minimumTests", "must be from 1")]
    [InlineData("check-tests", "suites: [unit], notOlderThan: soon", "notOlderThan", "")]
    public void What_cannot_be_is_refused_with_a_sentence(string kind, string with, string member, string sentence)
    {
        var reading = ModelDocument.Read(Step(kind, with));

        reading.Content.ShouldBeNull();
        var remark = reading.Remarks.Where(remark => remark.Path == $"stages.execute.steps[1].with.{member}").ShouldHaveSingleItem(string.Join('\n', reading.Remarks));
        remark.Sentence.ShouldContain(sentence);
    }

    [Theory]
    [InlineData("file-release", "")]
    [InlineData("file-release", "to: apps/shop, artefact: package, label: \"${component.key}-${version.label}\", shared: [config.yml, data/], keep: 3, strip: 1, maximumMiB: 512")]
    [InlineData("configure-files", "files: [{ file: a.json, set: { \"Logging:Level\": \"${variable.level}\", Keep: 7, \"Db:Password\": \"${secret:db}\" } }, { file: a.conf, set: { \"/a/@b\": x }, format: Xml, encoding: Latin1, add: true }], folder: \"releases/${version.label}\"")]
    [InlineData("service", "unit: \"shop@${target.name}.service\", action: Reload, sudo: true, activeFor: 10s, within: 2m, logLines: 100")]
    [InlineData("service", "unit: shop, commands: { status: ./ctl status, start: ./ctl start, stop: ./ctl stop }")]
    [InlineData("traffic-haproxy", "addresses: [/run/haproxy.sock, \"lb-1:9999\"], backend: shop, server: \"${target.name}\", state: Maint, weight: 50%, leaveSessions: true")]
    [InlineData("traffic-haproxy", "addresses: [\"lb-1:9999\"], backend: shop, server: one, weight: 0")]
    [InlineData("traffic-nginx", "file: /etc/nginx/conf.d/shop.conf, content: \"upstream shop { server ${target.name}; }\", sudo: true")]
    [InlineData("database-script", "connection: \"${secret:shop-db}\", folder: db/migrations, journal: ops.scripts, lockWithin: 90s")]
    [InlineData("terraform", "action: Plan, folder: infra, workspace: blue, variables: { size: 2, db_password: \"${secret:db}\" }, backend: { bucket: states }, environment: { AWS_SECRET_ACCESS_KEY: \"${secret:aws}\" }, allowDestroy: true")]
    [InlineData("ansible", "")]
    [InlineData("ansible", "playbook: deploy/shop.yaml, artefact: playbooks, folder: ansible, groups: [web, \"${target.group}\"], variables: { ansible_become_password: \"${secret:sudo}\", sizes: \"[1, 2]\" }, tags: [shop], vaultPassword: \"${secret:vault}\"")]
    [InlineData("container", "image: \"registry.example/shop@${version.digest}\", name: shop, engine: \"${target.engine}\", ports: [\"8080:80\", \"[::1]:8080:80/tcp\"], volumes: [\"data:/data\", \"/etc/shop:/etc/shop:ro\"], environment: { DB_PASSWORD: \"${secret:db}\" }, registryUser: ci, registryPassword: \"${secret:registry}\"")]
    [InlineData("kubernetes", "file: deploy/, artefact: package, namespace: \"shop-${environment.key}\", kubeconfig: \"${secret:cluster}\", context: prod, images: { shop: \"registry.example/shop@${version.digest}\" }, allowTags: true, force: true, within: 2m")]
    [InlineData("kubernetes", "action: Undo, workloads: [deployment/shop, \"statefulset/${component.key}\"], server: \"${variable.cluster}\", token: \"${variable.cluster-token}\", authority: \"${target.authority}\", within: 90s")]
    [InlineData("webhook", "url: \"https://shop.example/hooks\", secret: \"${secret:hook}\", type: shop.deployed, data: { version: \"${version.label}\" }, expectStatus: [202], callback: true")]
    [InlineData("acknowledge", "statement: \"I know whom to call at night.\", readers: [Stakeholder, \"${target.readers}\", ana@demo.deployhub], quota: 95%, document: \"https://wiki.example/night\"")]
    [InlineData("check-canary", "source: \"http://p:9090\", metrics: [{ name: Errors, canary: a, baseline: b, mustPass: true, weight: 3, effect: CliffsDelta, allowed: \"0.2\", critical: \"0.5\" }, { name: Orders, canary: c, baseline: d, direction: Decrease }], pass: 90, marginal: 50, window: 10m, step: 5s, token: \"${secret:prometheus}\"")]
    public void What_can_be_passes(string kind, string with)
    {
        var reading = ModelDocument.Read(Step(kind, with));

        reading.Errors.ShouldBeEmpty();
        ModelDocument.Read(ModelDocument.Yaml(reading.Content!)).Content!.Digest.ShouldBe(reading.Content!.Digest);
    }

    [Theory]
    [InlineData("verifyEnvironment:\n", "file-release", "", "a verifying stage changes nothing")]
    [InlineData("verifyComponents:\n", "file-release", "", "file-release needs a target")]
    [InlineData("verifyDeployment:\n", "configure-files", "files: [{ file: a.json, set: { a: b } }]", "a verifying stage changes nothing")]
    [InlineData("verifyComponents:\n", "service", "unit: shop", "service needs a target")]
    [InlineData("verifyDeployment:\n", "traffic-haproxy", "addresses: [/run/haproxy.sock], backend: shop, server: one, state: Ready", "a verifying stage changes nothing")]
    [InlineData("verifyDeployment:\n", "database-script", "connection: \"${secret:db}\"", "a verifying stage changes nothing")]
    [InlineData("verifyComponents:\n", "ansible", "", "ansible needs a target")]
    [InlineData("verifyDeployment:\n", "container", $"image: {Image}, name: shop", "a verifying stage changes nothing")]
    [InlineData("verifyDeployment:\n", "kubernetes", "file: x, kubeconfig: \"${secret:k}\"", "a verifying stage changes nothing")]
    [InlineData("verifyDeployment:\n", "ansible", "", "a verifying stage changes nothing")]
    public void What_is_in_the_wrong_stage_is_refused(string stage, string kind, string with, string sentence) =>
        ModelDocument.Read(Written.With(stage, $"{stage}    - name: Early\n      uses: {kind}\n      with: {{ {with} }}\n")).Remarks.ShouldContain(remark => remark.Sentence.Contains(sentence, StringComparison.Ordinal));

    private static string Step(string kind, string with) => Written.With(
        "uses: script\n        with:\n          command: [sh, install.sh]\n          environment: { PORT: 8080 }\n", $"uses: {kind}\n        with: {{ {with} }}\n");
}
