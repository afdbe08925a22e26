using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Resolver.Conventions.Tests;

/// <summary>
/// Which types of an assembly name which others of it: in base types, interfaces, constraints, attributes, fields,
/// signatures, local variables and instructions. Nested types, and with them what the compiler makes of lambdas and
/// iterators, count as the outermost type that holds them. A constant leaves no trace where it is used.
/// </summary>
internal static class TypeReferences
{
    /// <summary>Pairs of outermost types, by full name; a type that names itself is left out.</summary>
    public static IReadOnlySet<(TypeDefinition From, TypeDefinition To)> Read(string path)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        var module = assembly.MainModule;
        var found = new HashSet<(TypeDefinition, TypeDefinition)>();
        foreach (var type in module.GetTypes())
        {
            var from = Outermost(type);
            foreach (var named in Named(type).SelectMany(Parts))
            {
                if (named.Scope != module || named.Resolve() is not { } definition)
                    continue;
                if (Outermost(definition) is var to && to != from)
                    found.Add((from, to));
            }
        }
        return found;
    }

    private static TypeDefinition Outermost(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    private static IEnumerable<TypeReference?> Named(TypeDefinition type) =>
        [
            type.BaseType,
            .. type.Interfaces.Select(one => one.InterfaceType),
            .. Constraints(type),
            .. Attributes(type),
            .. type.Fields.SelectMany(field => Attributes(field).Append(field.FieldType)),
            .. type.Properties.SelectMany(property => Attributes(property)),
            .. type.Methods.SelectMany(Named),
        ];

    private static IEnumerable<TypeReference?> Named(MethodDefinition method) =>
        [
            method.ReturnType,
            .. Attributes(method),
            .. Constraints(method),
            .. method.Parameters.SelectMany(parameter => Attributes(parameter).Append(parameter.ParameterType)),
            .. method.HasBody ? Named(method.Body) : [],
        ];

    private static IEnumerable<TypeReference?> Named(MethodBody body) =>
        [
            .. body.Variables.Select(variable => variable.VariableType),
            .. body.ExceptionHandlers.Select(handler => handler.CatchType),
            .. body.Instructions.SelectMany(Named),
        ];

    private static IEnumerable<TypeReference?> Named(Instruction instruction) =>
        instruction.Operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            MethodReference method =>
            [
                method.DeclaringType,
                method.ReturnType,
                .. method.Parameters.Select(parameter => parameter.ParameterType),
                .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
            ],
            _ => [],
        };

    private static IEnumerable<TypeReference?> Constraints(IGenericParameterProvider provider) =>
        provider.GenericParameters.SelectMany(one => one.Constraints).Select(one => one.ConstraintType);

    private static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute =>
            attribute
                .ConstructorArguments.Select(argument => argument.Value)
                .OfType<TypeReference?>()
                .Append(attribute.AttributeType)
        );

    /// <summary>A type as it is written, taken apart: <c>List&lt;A[]&gt;</c> names <c>List</c> and <c>A</c>.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) =>
        type switch
        {
            null or GenericParameter => [],
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
            FunctionPointerType pointer =>
            [
                .. Parts(pointer.ReturnType),
                .. pointer.Parameters.SelectMany(parameter => Parts(parameter.ParameterType)),
            ],
            IModifierType modifier => [.. Parts(modifier.ModifierType), .. Parts(modifier.ElementType)],
            TypeSpecification specification => Parts(specification.ElementType),
            _ => [type],
        };
}
