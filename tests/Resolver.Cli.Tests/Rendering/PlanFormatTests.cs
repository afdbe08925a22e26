using System.Text.Json;
using Resolver.Application.Archives;
using Resolver.Cli.Rendering.Plans;
using Resolver.Cli.Terminal;
using Resolver.Packaging.References;
using Resolver.Resolution.Candidates;

namespace Resolver.Cli.Tests.Rendering;

/// <summary>Plans for other programs, approved as text.</summary>
public sealed class PlanFormatTests
{
    private static readonly Dictionary<Candidate, ProjectLicence> None = [];

    // A tree: no version of it could be found by name.
    private static readonly string Application = FileReference.UrlOf(
        Path.GetFullPath(Plans.Small().Steps[2].Candidate.Path!)
    );

    [Fact]
    public void Requirements_are_pins_in_the_order_of_the_plan() =>
        Assert.Equal(
            $"""
            # without hashes: a source tree has none, and pip requires hashes for all or for none
            backend==2.0
                # needed by library (build), application (build)
            library==1.1
                # needed by application (runtime), the request
            application @ {Application}
                # needed by the request

            """.ReplaceLineEndings("\n"),
            PlanRequirements.Of(Plans.Small())
        );

    [Fact]
    public void Requirements_have_hashes_where_every_file_has_one_and_what_is_kept_is_a_comment() =>
        Assert.Equal(
            $"""
            # kept: backend==2.0
                # needed by library (build), application (build)
            library==1.1 \
                --hash=sha256:aa
                # needed by application (runtime), the request
            application @ {Application} \
                --hash=sha256:bb
                # needed by the request

            """.ReplaceLineEndings("\n"),
            PlanRequirements.Of(Plans.Small(libraryHash: "aa", applicationHash: "bb"))
        );

    [Fact]
    public void A_bill_of_materials_says_what_runs_what_only_builds_and_who_needs_whom()
    {
        var plan = Plans.Small(libraryHash: "aa", applicationHash: "bb");
        var annex = new PlanAnnex(
            DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
            new Dictionary<Candidate, ProjectLicence>
            {
                [plan.Steps[1].Candidate] = new("MIT OR Apache-2.0", true),
                [plan.Steps[2].Candidate] = new("BSD License", false),
            }
        );
        var written = BillOfMaterials.Of(plan, annex);

        var bill = JsonDocument.Parse(written).RootElement;
        Assert.Equal(
            BillOfMaterials.Of(Plans.Small(libraryHash: "aa", applicationHash: "bb"), annex with { Licences = None }),
            BillOfMaterials.Of(plan, annex with { Licences = None })
        );
        var metadata = bill.GetProperty("metadata");
        Assert.Equal("2023-11-14T22:13:20Z", metadata.GetProperty("timestamp").GetString());
        Assert.Equal("plan", metadata.GetProperty("component").GetProperty("bom-ref").GetString());
        Assert.Equal(
            [
                "backend ",
                "library {\"expression\":\"MIT OR Apache-2.0\",\"acknowledgement\":\"declared\"}",
                "application {\"license\":{\"name\":\"BSD License\",\"acknowledgement\":\"declared\"}}",
            ],
            bill.GetProperty("components")
                .EnumerateArray()
                .Select(each =>
                    $"{each.GetProperty("name")} {(each.TryGetProperty("licenses", out var licences) ? JsonSerializer.Serialize(licences[0]) : "")}"
                )
        );
        Assert.Equal(
            ["backend excluded", "library required", "application required"],
            bill.GetProperty("components")
                .EnumerateArray()
                .Select(each => $"{each.GetProperty("name")} {each.GetProperty("scope")}")
        );
        Assert.Equal(
            [
                "plan <-pkg:pypi/application@1.0 pkg:pypi/library@1.1",
                "pkg:pypi/backend@2.0 <-",
                "pkg:pypi/library@1.1 <-pkg:pypi/backend@2.0",
                "pkg:pypi/application@1.0 <-pkg:pypi/backend@2.0 pkg:pypi/library@1.1",
            ],
            bill.GetProperty("dependencies")
                .EnumerateArray()
                .Select(each =>
                    $"{each.GetProperty("ref")} <-{(each.TryGetProperty("dependsOn", out var on) ? string.Join(' ', on.EnumerateArray()) : "")}"
                )
        );
    }

    // CycloneDX 1.6: what its JSON schema demands of the parts that are written.
    [Fact]
    public void A_bill_of_materials_keeps_the_rules_of_its_standard()
    {
        var bill = JsonDocument
            .Parse(
                BillOfMaterials.Of(
                    Plans.Small(libraryHash: new string('a', 64), applicationHash: new string('b', 64)),
                    new PlanAnnex(DateTimeOffset.UnixEpoch, None)
                )
            )
            .RootElement;

        Assert.Equal(
            ("CycloneDX", "1.6", 1),
            (
                bill.GetProperty("bomFormat").GetString(),
                bill.GetProperty("specVersion").GetString(),
                bill.GetProperty("version").GetInt32()
            )
        );
        Assert.Matches(
            "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
            bill.GetProperty("serialNumber").GetString()
        );
        var components = bill.GetProperty("components").EnumerateArray().ToList();
        var references = components
            .Select(each => each.GetProperty("bom-ref").GetString())
            .Append(bill.GetProperty("metadata").GetProperty("component").GetProperty("bom-ref").GetString())
            .ToList();
        Assert.Equal(references.Count, references.Distinct().Count());
        Assert.All(
            components,
            each =>
            {
                Assert.Equal("library", each.GetProperty("type").GetString());
                Assert.Contains(each.GetProperty("scope").GetString(), new[] { "required", "optional", "excluded" });
                Assert.All(
                    each.TryGetProperty("hashes", out var hashes) ? hashes.EnumerateArray() : [],
                    hash =>
                        Assert.Matches(
                            "^([a-f0-9]{32}|[a-f0-9]{40}|[a-f0-9]{64}|[a-f0-9]{96}|[a-f0-9]{128})$",
                            hash.GetProperty("content").GetString()
                        )
                );
            }
        );
        Assert.All(
            bill.GetProperty("dependencies").EnumerateArray(),
            each =>
            {
                Assert.Contains(each.GetProperty("ref").GetString(), references);
                var on = each.TryGetProperty("dependsOn", out var all)
                    ? all.EnumerateArray().Select(one => one.GetString()).ToList()
                    : [];
                Assert.Equal(on.Distinct(), on);
                Assert.Subset(references.ToHashSet(), on.ToHashSet());
            }
        );
    }

    [Fact]
    public void Graphviz_has_an_edge_to_each_thing_needed_and_dashes_builds() =>
        Assert.Equal(
            """
            digraph plan {
              rankdir=LR;
              node [shape=box];
              "backend" [label="backend 2.0 (installed)", style=dotted];
              "library" [label="library 1.1 (sdist)"];
              "application" [label="application 1.0 (tree)"];
              "library" -> "backend" [style=dashed];
              "application" -> "backend" [style=dashed];
              "application" -> "library";
            }

            """.ReplaceLineEndings("\n"),
            PlanGraph.Dot(Plans.Small())
        );

    [Fact]
    public void Mermaid_shows_the_same_edges() =>
        Assert.Equal(
            """
            flowchart LR
              s1["backend 2.0 (installed)"]
              s2["library 1.1 (sdist)"]
              s3["application 1.0 (tree)"]
              s2 -.-> s1
              s3 -.-> s1
              s3 --> s2

            """.ReplaceLineEndings("\n"),
            PlanGraph.Mermaid(Plans.Small())
        );

    [Fact]
    public void The_tree_begins_with_what_is_requested_and_shows_each_step_in_full_once() =>
        Assert.Equal(
            """
            library 1.1 (sdist)
            └── backend 2.0 (installed) [build requires backend>=2]
            application 1.0 (tree)
            ├── backend 2.0 (installed) [build requires backend]
            ├── library 1.1 (sdist) [requires library~=1.0] (*)
            └── wheel [build requires wheel] waived
            (*) shown in full further up

            """.ReplaceLineEndings("\n"),
            PlanTree.Of(Plans.Small(), Paint.None)
        );
}
