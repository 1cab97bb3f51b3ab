package charnn.util;

import com.google.gson.FieldNamingStrategy;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Field;

/**
 * What a record's component is called in JSON, where files and scripts know it by an earlier name.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface JsonName {
  /** Names components as they are, but for those with this annotation. */
  FieldNamingStrategy NAMING =
      new FieldNamingStrategy() {
        @Override
        public String translateName(Field field) {
          JsonName name = field.getAnnotation(JsonName.class);
          return name == null ? field.getName() : name.value();
        }
      };

  /** Returns the name in JSON, in camel case. */
  String value();
}
