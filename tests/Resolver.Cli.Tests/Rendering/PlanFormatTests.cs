using Resolver.Cli.Rendering;

namespace Resolver.Cli.Tests.Rendering;

/// <summary>Plans for other programs, approved as text.</summary>
public sealed class PlanFormatTests
{
    [Fact]
    public void Requirements_are_pins_in_the_order_of_the_plan() => Assert.Equal("""
        backend==2.0
            # needed by library (build), application (build)
        library==1.1
            # needed by application (runtime), the request
        application==1.0
            # needed by the request

        """.ReplaceLineEndings("\n"), PlanRequirements.Of(Plans.Small()));

    [Fact]
    public void Graphviz_has_an_edge_to_each_thing_needed_and_dashes_builds() => Assert.Equal("""
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

        """.ReplaceLineEndings("\n"), PlanGraph.Dot(Plans.Small()));

    [Fact]
    public void Mermaid_likewise() => Assert.Equal("""
        flowchart LR
          s1["backend 2.0 (installed)"]
          s2["library 1.1 (sdist)"]
          s3["application 1.0 (tree)"]
          s2 -.-> s1
          s3 -.-> s1
          s3 --> s2

        """.ReplaceLineEndings("\n"), PlanGraph.Mermaid(Plans.Small()));
}
